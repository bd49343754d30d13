"""Writes the glossary."""

from collections.abc import Iterable

from commons.text.normalise import normal_key, slug_for
from practices.models import Term


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
