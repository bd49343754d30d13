"""Owns where a page searches: everything, or sheets alone; its address, its facets, the orders it offers."""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.fields.facets import Facet, facets
from practices.search import FACET_NAMES

TAB = "kind"
"""The name that chooses a tab: the kind of a thing in the search, the genre of a sheet in the catalogue."""
GENRE = "genre"
SHEET = "sheet"
FIRST_FACETS = ("domain", "format", "effort_setup", "cost_setup", "team_size", "outcome")
ORDERS: dict[str, str | Promise] = {
    "": _("Les plus proches"),
    "new": _("Les plus récentes"),
    "tried": _("Les plus essayées"),
    "useful": _("Les plus utiles"),
}


@dataclass(frozen=True)
class Scope:
    """What a page searches in. `view` names its address; `first` its facets shown without asking for more."""

    view: str
    first: tuple[str, ...]

    def facets(self) -> list[Facet]:
        """Return the facets by the names they have in this scope's addresses, the tab's among them."""
        if self == CATALOGUE:
            return facets()
        return [replace(facet, code=FACET_NAMES.get(facet.code, facet.code)) for facet in facets()]

    def orders(self, q: str) -> list[str]:
        """Return the orders that a search for these words may be put in; the first is taken unless another is asked.

        Without words nothing is nearer than anything else: the list is by date.
        """
        if q:
            return ["", "new", "tried"]
        return ["new", "tried", "useful"] if self == CATALOGUE else ["new", "tried"]


CATALOGUE = Scope("sheets", FIRST_FACETS)
EVERYTHING = Scope("search", (GENRE, *FIRST_FACETS))
