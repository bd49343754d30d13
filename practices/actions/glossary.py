"""Writes the glossary."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.people.models import User
from commons.permissions import require
from commons.text.normalise import normal_key, slug_for
from practices.enums import TermState
from practices.models import Term
from practices.signals import TermChanged, TermMerged

DATA = Path(__file__).parent.parent / "data" / "glossary.yaml"
WORDS = ("name", "name_en", "definition_fr", "definition_en", "synonyms_fr", "synonyms_en")


def terms_for(labels: Iterable[str]) -> list[Term]:
    """Return the terms these labels name, by label or slug in either language; unknown ones become proposed terms."""
    return [_term_for(label) for label in dict.fromkeys(labels)]


def _term_for(label: str) -> Term:
    key = normal_key(label)
    found = Term.objects.filter(key=key).first() or Term.objects.filter(slug=slug_for(label, 100)).first()
    if found is None:
        found = Term.objects.filter(name_en__iexact=label).first()
    return found or Term.objects.create(key=key, slug=_free_slug(label), name=label)


def _free_slug(label: str) -> str:
    base = slug_for(label, 90) or "terme"
    taken = set(Term.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)


@transaction.atomic
def change_term(*, by: User, term: Term, values: Mapping[str, Any]) -> Term:
    """Change a term's words in both languages; a curator who saves a proposed term approves it.

    Raises `Conflict` when another term has that label already.
    """
    require(by, "practices.change_term", term)
    for name in WORDS:
        setattr(term, name, values.get(name, getattr(term, name)))
    term.key = normal_key(term.name)
    if not term.key:
        raise Invalid({"name": [_("À remplir.")]})
    if Term.objects.filter(key=term.key).exclude(pk=term.pk).exists():
        raise Conflict(_("Un autre terme porte déjà ce nom."), code="taken")
    term.state = TermState.APPROVED
    term.save()
    publish(TermChanged(term.pk))
    return term


@transaction.atomic
def merge_term(*, by: User, term: Term, into: Term) -> Term:
    """Move a term's sheets and names to another, and remove it: its label becomes a synonym."""
    require(by, "practices.change_term", term)
    if term.pk == into.pk:
        raise Invalid({"into": [_("Choisissez un autre terme.")]})
    borne = set(into.tagged_sheets.values_list("content_object_id", flat=True))
    term.tagged_sheets.exclude(content_object__in=borne).update(tag=into)
    into.synonyms_fr = list(dict.fromkeys([*into.synonyms_fr, term.name, *term.synonyms_fr]))
    into.synonyms_en = list(dict.fromkeys([*into.synonyms_en, *filter(None, [term.name_en]), *term.synonyms_en]))
    into.save()
    publish(TermMerged(term.pk, into.pk))
    term.delete()
    publish(TermChanged(into.pk))
    return into


@transaction.atomic
def load_glossary(path: Path = DATA) -> int:
    """Add the shipped terms that are missing and return how many; what curators changed by hand stays as it is.

    A term that a tag proposed before is completed and approved.
    """
    shipped = yaml.safe_load(path.read_text(encoding="utf-8"))["terms"]
    known = {term.key: term for term in Term.objects.all()}
    added = [_load(data, known) for data in shipped if not _is_settled(data, known)]
    by_slug = {term.slug: term for term in Term.objects.all()}
    for data in shipped:
        if by_slug[data["slug"]].pk in added:
            _relate(by_slug[data["slug"]], data, by_slug)
    return len(added)


def _is_settled(data: Mapping[str, Any], known: Mapping[str, Term]) -> bool:
    term = known.get(normal_key(data["fr"]))
    return term is not None and term.state == TermState.APPROVED


def _load(data: Mapping[str, Any], known: Mapping[str, Term]) -> int:
    key = normal_key(data["fr"])
    term = known.get(key) or Term(key=key)
    term.slug, term.name, term.name_en, term.state = data["slug"], data["fr"], data["en"], TermState.APPROVED
    for name in ("definition_fr", "definition_en", "synonyms_fr", "synonyms_en"):
        setattr(term, name, data.get(name) or getattr(term, name))
    term.save()
    return term.pk


def _relate(term: Term, data: Mapping[str, Any], by_slug: Mapping[str, Term]) -> None:
    term.broader = by_slug.get(data.get("broader") or "")
    term.save(update_fields=["broader"])
    term.related.set(by_slug[slug] for slug in data.get("related") or [])
