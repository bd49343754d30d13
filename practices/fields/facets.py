"""The facets of the catalogue: the table's facet fields, and two facts of the house as it was."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.fields.table import facet_fields
from practices.fields.values import vocabulary_of


@dataclass(frozen=True)
class Facet:
    """One list of codes by which sheets are filtered. `fact` names the house's fact it comes from, if any."""

    code: str
    label: str | Promise
    vocabulary: str
    fact: str = ""


HOUSE_FACETS = (
    Facet("house_type", _("Type de maison"), "institution_type", "type"),
    Facet("team_size", _("Taille de l’équipe"), "team_size", "team_size"),
)


def facets() -> list[Facet]:
    """Return every facet: the fields' in the table's order, then the house's."""
    return [Facet(f.code, f.label, vocabulary_of(f)) for f in facet_fields()] + list(HOUSE_FACETS)


def facet_codes() -> list[str]:
    """Return the codes of every facet, in the same order."""
    return [facet.code for facet in facets()]
