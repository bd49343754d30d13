"""Owns what stands around an answer: tabs with counts, facets, chips of the active filters, orders."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons.search.sources import sources
from commons.vocabularies.queries import entries_of, label_of
from frontend.pages.search.asking import Asked
from frontend.pages.search.scopes import CATALOGUE, ORDERS, TAB
from practices.enums import Genre
from practices.fields.facets import Facet

SHOWN_VALUES = 6
Counts = dict[str, dict[str, int]]

KINDS: dict[str, str | Promise] = {
    "sheet": gettext_lazy("Fiches"),
    "thread": gettext_lazy("Discussions"),
    "series": gettext_lazy("Rendez-vous"),
    "occurrence": gettext_lazy("Ateliers"),
    "collection": gettext_lazy("Collections"),
    "term": gettext_lazy("Glossaire"),
    "network": gettext_lazy("Réseaux"),
    "institution": gettext_lazy("Maisons"),
    "person": gettext_lazy("Personnes"),
}
"""Every kind of thing that may be found, in the order of the tabs; those that no app brings are not shown."""
KIND: dict[str, str | Promise] = {
    "sheet": gettext_lazy("Fiche"),
    "thread": gettext_lazy("Discussion"),
    "series": gettext_lazy("Rendez-vous"),
    "occurrence": gettext_lazy("Atelier"),
    "collection": gettext_lazy("Collection"),
    "term": gettext_lazy("Mot du glossaire"),
    "network": gettext_lazy("Réseau"),
    "institution": gettext_lazy("Maison"),
    "person": gettext_lazy("Personne"),
}
GENRES: dict[str, str | Promise] = {
    Genre.PRACTICE: gettext_lazy("Pratiques"),
    Genre.GUIDE: gettext_lazy("Guides"),
    Genre.NEED: gettext_lazy("Besoins"),
}


def kind_label(kind: str) -> str:
    """Return what one thing of this kind is called."""
    return str(KIND.get(kind, kind))


def tabs(asked: Asked, counts: Counts) -> list[dict[str, Any]]:
    """Return a tab for everything and for each part of it; a kind of which nothing answers has none."""
    chosen, counted = asked.chosen.get(TAB, []), counts.get(TAB, {})
    every = {
        "label": _("Toutes") if asked.scope == CATALOGUE else _("Tout"),
        "url": asked.url(**{TAB: []}),
        "current": not chosen,
        "count": sum(counted.values()),
    }
    return [every] + [
        {
            "label": label,
            "url": asked.url(**{TAB: [code]}),
            "current": chosen == [code],
            "count": counted.get(code, 0),
        }
        for code, label in _parts(asked, counted).items()
    ]


def _parts(asked: Asked, counted: dict[str, int]) -> dict[str, str | Promise]:
    if asked.scope == CATALOGUE:
        return GENRES
    known = [*KINDS, *(kind for kind in sources() if kind not in KINDS)]
    return {code: KINDS.get(code, code) for code in known if counted.get(code) or code in asked.chosen.get(TAB, [])}


def chips(asked: Asked) -> list[dict[str, str]]:
    """Return a chip for the words and for each chosen code but the tab's, with the address less it."""
    found = [{"label": f"«\u00a0{asked.q}\u00a0»", "url": asked.url(q="")}] if asked.q else []
    for facet in asked.scope.facets():
        if facet.code != TAB:
            for code in asked.chosen.get(facet.code, []):
                label = f"{facet.label}\u00a0: {label_of(facet.vocabulary, code)}"
                found.append({"label": label, "url": asked.without(facet.code, code)})
    return found


def orders(asked: Asked) -> list[dict[str, Any]]:
    """Return the orders that this answer may be put in."""
    return [
        {"label": ORDERS[code], "url": asked.url(sort=code), "current": code == asked.sort}
        for code in asked.scope.orders(asked.q)
    ]


def shown_facets(asked: Asked, counts: Counts) -> list[dict[str, Any]]:
    """Return the facets of the form: the first ones and those in use, or all of them when the address says so."""
    by_code = {facet.code: facet for facet in asked.scope.facets() if facet.code != TAB}
    first = [by_code.pop(code) for code in asked.scope.first]
    others = [facet for facet in by_code.values() if asked.is_full or facet.code in asked.chosen]
    found = [
        _facet(facet, asked, counts, is_open=facet in first or facet.code in asked.chosen) for facet in first + others
    ]
    return [facet for facet in found if facet["values"]]


def _facet(facet: Facet, asked: Asked, counts: Counts, *, is_open: bool) -> dict[str, Any]:
    chosen, counted = asked.chosen.get(facet.code, []), counts.get(facet.code, {})
    codes = dict.fromkeys([*_in_order(facet, [*counted, *chosen]), *chosen])
    limit = None if asked.is_full else SHOWN_VALUES
    kept = [code for index, code in enumerate(codes) if code in chosen or limit is None or index < limit]
    values = [
        {
            "code": code,
            "label": label_of(facet.vocabulary, code),
            "count": counted.get(code, 0),
            "checked": code in chosen,
        }
        for code in kept
    ]
    return {"name": facet.code, "label": facet.label, "open": is_open, "values": values}


def _in_order(facet: Facet, codes: list[str]) -> list[str]:
    """Return the codes as their scale goes, where there is one; else as they come, the most borne first."""
    entries = entries_of(facet.vocabulary)
    if any(entry.rank is not None for entry in entries.values()):
        return [code for code in entries if code in codes]
    return codes
