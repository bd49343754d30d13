"""Owns what a reader asks of the catalogue, as its address says it, and the facets, chips and tabs that answer."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from commons.people.rules import member_roles
from commons.vocabularies.queries import entries_of, label_of, rank_of
from practices.enums import Genre
from practices.fields.facets import Facet, facet_codes, facets
from practices.models import SheetQuerySet
from practices.queries import (
    CataloguePage,
    catalogue_counts,
    catalogue_page,
    catalogue_stamp,
    sheets_filtered,
    sheets_visible_to,
    sheets_with_words,
)
from practices.queries.catalogue import SORTS

FIRST_FACETS = ("domain", "format", "effort_setup", "cost_setup", "team_size", "outcome")
TAB = "kind"
SHOWN_VALUES = 6
FRESH_SECONDS = 300
MAX_TEXT = 200

UP_TO = {"effort_max": ("effort_setup", "effort_band"), "cost_max": ("cost_setup", "budget_band")}

Counts = dict[str, dict[str, int]]


@dataclass
class Wanted:
    """What the address asks for: words, codes by facet, an order, a place in the list, all facets or the first ones."""

    q: str = ""
    sort: str = "new"
    chosen: dict[str, list[str]] = field(default_factory=dict)
    after: str = ""
    before: str = ""
    is_full: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> "Wanted":
        """Read an address; what it does not understand is left out."""
        chosen = {code: list(dict.fromkeys(filter(None, query.getlist(code)))) for code in facet_codes()}
        for name, (code, vocabulary) in UP_TO.items():
            chosen[code] = chosen[code] or codes_up_to(vocabulary, query.get(name, ""))
        sort = query.get("sort", "new")
        return cls(
            q=query.get("q", "").replace("\x00", "").strip()[:MAX_TEXT],
            sort=sort if sort in SORTS else "new",
            chosen={code: codes for code, codes in chosen.items() if codes},
            after=query.get("after", ""),
            before=query.get("before", ""),
            is_full="full" in query,
        )

    def url(self, **changes: Any) -> str:
        """Return the catalogue's address with these changes; a change of filters goes back to the first page."""
        query = QueryDict(mutable=True)
        values = {"q": self.q, "sort": "" if self.sort == "new" else self.sort, "full": "1" if self.is_full else ""}
        values |= {name: changes.pop(name) for name in ("q", "sort", "full", "after", "before") if name in changes}
        for code, codes in (self.chosen | changes).items():
            query.setlist(code, codes)
        for name, value in values.items():
            if value:
                query[name] = value
        encoded = query.urlencode()
        return f"{reverse('sheets')}?{encoded}" if encoded else reverse("sheets")

    def without(self, code: str, value: str) -> str:
        """Return the address less one chosen code."""
        return self.url(**{code: [one for one in self.chosen[code] if one != value]})


def codes_up_to(vocabulary: str, code: str) -> list[str]:
    """Return the codes of a scale up to this one; none when it is not on the scale."""
    highest = rank_of(vocabulary, code)
    if highest is None:
        return []
    return [one.code for one in entries_of(vocabulary).values() if one.rank is not None and one.rank <= highest]


def sheets_asked(user: Any, wanted: Wanted) -> SheetQuerySet:
    """Return the published sheets the person may read that hold the words, before any facet."""
    return sheets_with_words(sheets_visible_to(user).published(), wanted.q)


def key_of(user: Any, wanted: Wanted) -> str:
    """Return a key under which the answer may be kept: it changes with any sheet, and with who asks.

    One query for a visitor, one more for a member's roles. This is what keeps the page as fast with 10,000 sheets
    as with 100: only the first reader after a change pays for counting and sorting.
    """
    audience: tuple[Any, ...] = ()
    if user.is_authenticated:
        audience = (user.pk, user.is_moderator, user.is_administrator, *sorted(member_roles(user).items()))
    return hashlib.sha256(repr((catalogue_stamp(), audience, wanted)).encode()).hexdigest()


def counts_asked(user: Any, wanted: Wanted, key: str) -> Counts:
    """Return the counts of every facet."""
    counts: Counts | None = cache.get(f"catalogue-counts:{key}")
    if counts is None:
        counts = catalogue_counts(sheets_asked(user, wanted), wanted.chosen)
        cache.set(f"catalogue-counts:{key}", counts, FRESH_SECONDS)
    return counts


def page_asked(user: Any, wanted: Wanted, key: str) -> CataloguePage:
    """Return the page asked for. Which sheets are on it is kept; that they may be read is asked again each time."""
    kept: tuple[list[str], str, str] | None = cache.get(f"catalogue-page:{key}")
    if kept is not None:
        found = sheets_visible_to(user).published().listed().in_bulk(kept[0])
        return CataloguePage([found[pk] for pk in kept[0] if pk in found], kept[1], kept[2])
    sheets = sheets_filtered(sheets_asked(user, wanted), wanted.chosen)
    page = catalogue_page(sheets, sort=wanted.sort, after=wanted.after, before=wanted.before)
    kept = ([sheet.pk for sheet in page.sheets], page.previous, page.next)
    cache.set(f"catalogue-page:{key}", kept, FRESH_SECONDS)
    return page


def total_of(wanted: Wanted, counts: Counts) -> int:
    """Return how many sheets answer: each has exactly one genre."""
    kinds = counts[TAB]
    return sum(count for code, count in kinds.items() if code in wanted.chosen.get(TAB, kinds))


def tabs(wanted: Wanted, counts: Counts) -> list[dict[str, Any]]:
    """Return a tab for all genres and for each of them."""
    chosen = wanted.chosen.get(TAB, [])
    names = {Genre.PRACTICE: _("Pratiques"), Genre.GUIDE: _("Guides"), Genre.NEED: _("Besoins")}
    every = {
        "label": _("Toutes"),
        "url": wanted.url(kind=[]),
        "current": not chosen,
        "count": sum(counts[TAB].values()),
    }
    return [every] + [
        {
            "label": name,
            "url": wanted.url(kind=[code.value]),
            "current": chosen == [code],
            "count": counts[TAB].get(code, 0),
        }
        for code, name in names.items()
    ]


def chips(wanted: Wanted) -> list[dict[str, str]]:
    """Return a chip for the words and for each chosen code but the genre's, with the address less it."""
    found = [{"label": f"« {wanted.q} »", "url": wanted.url(q="")}] if wanted.q else []
    for facet in facets():
        if facet.code != TAB:
            for code in wanted.chosen.get(facet.code, []):
                label = f"{facet.label} : {label_of(facet.vocabulary, code)}"
                found.append({"label": label, "url": wanted.without(facet.code, code)})
    return found


def shown_facets(wanted: Wanted, counts: Counts) -> list[dict[str, Any]]:
    """Return the facets of the form: the first ones and those in use, or all of them when the address says so."""
    others = [f for f in facets() if f.code not in FIRST_FACETS and f.code != TAB]
    by_code = {f.code: f for f in facets()}
    first = [by_code[code] for code in FIRST_FACETS]
    asked = [f for f in others if wanted.is_full or f.code in wanted.chosen]
    found = [_facet(f, wanted, counts, is_open=f in first or f.code in wanted.chosen) for f in first + asked]
    return [facet for facet in found if facet["values"]]


def _facet(facet: Facet, wanted: Wanted, counts: Counts, *, is_open: bool) -> dict[str, Any]:
    chosen = wanted.chosen.get(facet.code, [])
    codes = dict.fromkeys([*_in_order(facet, [*counts[facet.code], *chosen]), *chosen])
    limit = None if wanted.is_full else SHOWN_VALUES
    kept = [code for index, code in enumerate(codes) if code in chosen or limit is None or index < limit]
    values = [
        {
            "code": code,
            "label": label_of(facet.vocabulary, code),
            "count": counts[facet.code].get(code, 0),
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
