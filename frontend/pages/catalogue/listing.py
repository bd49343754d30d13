"""Owns the catalogue by date, from the database alone: which sheets, in which order, how many of each code."""

import hashlib
from typing import Any

from django.core.cache import cache

from commons.people.rules import member_roles
from frontend.pages.search.asking import Asked
from frontend.pages.search.scopes import CATALOGUE, TAB
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

FRESH_SECONDS = 300
Counts = dict[str, dict[str, int]]


def sheets_asked(user: Any, asked: Asked) -> SheetQuerySet:
    """Return the published sheets the person may read that hold the words, before any facet."""
    return sheets_with_words(sheets_visible_to(user).published(), asked.q)


def key_of(user: Any, asked: Asked) -> str:
    """Return a key under which the answer may be kept: it changes with any sheet, and with who asks.

    One query for a visitor, one more for a member's roles. This is what keeps the page as fast with 10,000 sheets
    as with 100: only the first reader after a change pays for counting and sorting.
    """
    audience: tuple[Any, ...] = ()
    if user.is_authenticated:
        audience = (user.pk, user.is_moderator, user.is_administrator, *sorted(member_roles(user).items()))
    return hashlib.sha256(repr((catalogue_stamp(), audience, asked)).encode()).hexdigest()


def counts_asked(user: Any, asked: Asked, key: str) -> Counts:
    """Return the counts of every facet."""
    counts: Counts | None = cache.get(f"catalogue-counts:{key}")
    if counts is None:
        counts = catalogue_counts(sheets_asked(user, asked), asked.chosen)
        cache.set(f"catalogue-counts:{key}", counts, FRESH_SECONDS)
    return counts


def page_asked(user: Any, asked: Asked, key: str) -> CataloguePage:
    """Return the page asked for. Which sheets are on it is kept; that they may be read is asked again each time."""
    kept: tuple[list[str], str, str] | None = cache.get(f"catalogue-page:{key}")
    if kept is not None:
        found = sheets_visible_to(user).published().listed().in_bulk(kept[0])
        return CataloguePage([found[pk] for pk in kept[0] if pk in found], kept[1], kept[2])
    sheets = sheets_filtered(sheets_asked(user, asked), asked.chosen)
    sort = asked.sort if asked.sort in SORTS else "new"
    page = catalogue_page(sheets, sort=sort, after=asked.after, before=asked.before)
    kept = ([sheet.pk for sheet in page.sheets], page.previous, page.next)
    cache.set(f"catalogue-page:{key}", kept, FRESH_SECONDS)
    return page


def total_of(asked: Asked, counts: Counts) -> int:
    """Return how many sheets answer: each has exactly one genre."""
    kinds = counts[TAB]
    return sum(count for code, count in kinds.items() if code in asked.chosen.get(TAB, kinds))


def newest() -> Asked:
    """Return what the catalogue's first page asks for."""
    return Asked(scope=CATALOGUE, sort="new")
