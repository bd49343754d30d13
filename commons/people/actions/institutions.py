"""Writes houses."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Invalid
from commons.people.models import Institution, User
from commons.people.signals import InstitutionChanged
from commons.permissions import require
from commons.text.normalise import slug_for
from commons.vocabularies.queries import is_code

CODES = {"type": "institution_type", "team_size": "team_size", "budget": "institution_budget", "territory": "territory"}
CODE_LISTS = {"labels": "institution_label", "disciplines": "discipline"}
TEXTS = ("name", "place", "place_code", "website", "about")


@transaction.atomic
def add_institution(*, by: User, values: Mapping[str, Any], slug: str = "") -> Institution:
    """Add a house; `name` and `type` are needed. The address is made from the name when none is given."""
    require(by, "people.add_institution")
    institution = Institution(slug=slug or _free_slug(str(values.get("name", ""))))
    return _write(institution, values)


@transaction.atomic
def change_institution(*, by: User, institution: Institution, values: Mapping[str, Any]) -> Institution:
    """Change a house's facts; published sheets keep the facts of their day."""
    require(by, "people.change_institution", institution)
    return _write(institution, values)


def _write(institution: Institution, values: Mapping[str, Any]) -> Institution:
    _refuse_wrong(values)
    for name, value in values.items():
        setattr(institution, name, value.strip() if isinstance(value, str) else value)
    lacking = [name for name in ("name", "type") if not getattr(institution, name)]
    if lacking:
        raise Invalid({name: [_("À remplir.")] for name in lacking})
    institution.save()
    publish(InstitutionChanged(institution.pk))
    return institution


def _refuse_wrong(values: Mapping[str, Any]) -> None:
    errors: dict[str, list[str]] = {}
    for name, value in values.items():
        if name in CODES:
            codes, vocabulary = ([value] if value else []), CODES[name]
        elif name in CODE_LISTS:
            codes, vocabulary = list(value or []), CODE_LISTS[name]
        elif name in TEXTS:
            continue
        else:
            errors[name] = [_("Ce champ est inconnu.")]
            continue
        if any(not is_code(vocabulary, code) for code in codes):
            errors[name] = [_("Choisissez dans la liste.")]
    if errors:
        raise Invalid(errors)


def _free_slug(name: str) -> str:
    base = slug_for(name, 70) or "structure"
    taken = set(Institution.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
