"""Owns the answer to what a reader asks: the engine's, or the catalogue by date when there are no words or no engine.

One path for the search and for the catalogue, which is the same search among sheets alone. A list without words needs
no engine: it is exact the moment a sheet is published.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import mark_safe

from commons.search.engines.protocol import EngineDownError, Hit
from commons.search.finding import KIND, Found, Search, find
from frontend.pages.catalogue import listing
from frontend.pages.search.asking import MOST_PAGES, Asked
from frontend.pages.search.scopes import CATALOGUE, EVERYTHING, GENRE, SHEET, TAB
from frontend.pages.search.showing import Counts, kind_label
from frontend.sheet_rows import sheet_rows
from practices.queries import sheets_visible_to

PER_PAGE = 20
MARKED = ("title_html", "excerpt_html")


@dataclass(frozen=True)
class Answer:
    """What answers: rows to show, counts by the names of the asking page, the pages beside; how it was spelt."""

    total: int
    counts: Counts
    rows: list[dict[str, Any]]
    previous_url: str = ""
    next_url: str = ""
    did_you_mean: str = ""
    is_down: bool = False


def answer(user: Any, asked: Asked) -> Answer:
    """Answer as well as can be: when the engine is down, the sheets that hold the words, by date, and say so."""
    if asked.scope == CATALOGUE and not asked.q:
        return _listed(user, asked)
    try:
        found = find(user, search_for(asked))
    except EngineDownError:
        return replace(_listed(user, asked), is_down=True)
    return Answer(
        total=found.total,
        counts=_counts(asked, found),
        rows=rows_of(user, found),
        previous_url=asked.url(page=asked.page - 1 if asked.page > 2 else 0) if asked.page > 1 else "",  # noqa: PLR2004 - the first page has no number
        next_url=asked.url(page=asked.page + 1) if _has_next(asked, found.results.total) else "",
        did_you_mean=found.results.did_you_mean,
    )


def _has_next(asked: Asked, total: int) -> bool:
    return asked.page < MOST_PAGES and asked.page * PER_PAGE < total


def search_for(asked: Asked) -> Search:
    """Return the question that the engine is asked: the catalogue's is about sheets, its tabs are their genres."""
    filters = {code: tuple(codes) for code, codes in asked.chosen.items()}
    kinds = filters.pop(TAB, ())
    if asked.scope == CATALOGUE:
        filters |= {GENRE: kinds} if kinds else {}
        kinds = (SHEET,)
    return Search(
        text=asked.q,
        kinds=kinds,
        filters=filters,
        facets=_counted(asked),
        sort=asked.sort,
        limit=PER_PAGE,
        offset=(asked.page - 1) * PER_PAGE,
    )


def _counted(asked: Asked) -> tuple[str, ...] | None:
    """Return the facets that the page shows, by the engine's names; all (`None`) when it is asked for them."""
    if asked.is_full:
        return None
    tab = GENRE if asked.scope == CATALOGUE else KIND
    return tuple(dict.fromkeys((tab, *asked.scope.first, *(code for code in asked.chosen if code != TAB))))


def _counts(asked: Asked, found: Found) -> Counts:
    counts = {
        name: dict(sorted(codes.items(), key=lambda borne: (-borne[1], borne[0])))
        for name, codes in found.results.facets.items()
    }
    return counts | {TAB: counts.get(GENRE, {})} if asked.scope == CATALOGUE else counts


def rows_of(user: Any, found: Found) -> list[dict[str, Any]]:
    """Return a row for each hit: a sheet's as in every list, with the words found marked; a short one for the rest."""
    ids = [hit.id for hit, _url in found.hits if hit.kind == SHEET]
    sheets = sheets_visible_to(user).published().listed().in_bulk(ids) if ids else {}
    short = list(zip([hit for hit, _url in found.hits], marked_rows(found), strict=True))
    marks = {hit.id: {name: row[name] for name in MARKED} for hit, row in short if hit.kind == SHEET}
    by_id = {row["pk"]: row for row in sheet_rows(sheets.values(), marks=marks)} if sheets else {}
    return [by_id.get(hit.id, {}) | row for hit, row in short if hit.kind != SHEET or hit.id in by_id]


def marked_rows(found: Found) -> list[dict[str, Any]]:
    """Return what is found as a short row each, from what the engine answered alone."""
    return [_marked(hit, url) for hit, url in found.hits]


def _marked(hit: Hit, url: str) -> dict[str, Any]:
    """Return the texts with the words found in `<mark>`: engines escape them, the contract suite proves it."""
    return {
        "url": url,
        "title": hit.title,
        "hit_kind": hit.kind,
        "hit_kind_label": kind_label(hit.kind),
        "title_html": mark_safe(hit.highlights["title"]),  # noqa: S308
        "excerpt_html": mark_safe(hit.highlights["excerpt"]),  # noqa: S308
    }


def _listed(user: Any, asked: Asked) -> Answer:
    """Return the sheets that hold the words, from the database, in the order asked for if it knows it."""
    wanted = asked if asked.scope == CATALOGUE else _among_sheets(asked)
    keys = listing.keys_of(user, wanted)
    counts = listing.counts_asked(user, wanted, keys)
    page = listing.page_asked(user, wanted, keys)
    total = listing.total_of(wanted, counts)
    if asked.scope == EVERYTHING:
        counts = counts | {GENRE: counts[TAB], TAB: {SHEET: total}}
    rows = [row | {"hit_kind": SHEET} for row in sheet_rows(page.sheets)]
    return Answer(
        total=total,
        counts=counts,
        rows=rows,
        previous_url=asked.url(before=page.previous) if page.previous else "",
        next_url=asked.url(after=page.next) if page.next else "",
    )


def _among_sheets(asked: Asked) -> Asked:
    chosen = {code: codes for code, codes in asked.chosen.items() if code not in (TAB, GENRE)}
    genres = asked.chosen.get(GENRE, [])
    return replace(asked, scope=CATALOGUE, chosen=chosen | ({TAB: genres} if genres else {}))
