"""Owns the catalogue by date, from the database alone: which sheets, in which order, how many of each; the nearest."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from commons.people.rules import is_signed_in, member_roles
from frontend.pages.search.asking import Asked
from frontend.pages.search.scopes import CATALOGUE, TAB
from practices.models import Sheet
from practices.queries import (
    CataloguePage,
    catalogue_counts,
    catalogue_page,
    catalogue_stamp,
    sheets_filtered,
    sheets_open_beside,
    sheets_open_to,
    sheets_related_to,
    sheets_visible_to,
    sheets_with_words,
)
from practices.queries.catalogue import SORTS

FRESH_SECONDS = 300
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Keys:
    """Under what an answer may be kept: for all who are in the same networks, and for this reader alone."""

    shared: str
    own: str


def keys_of(user: Any, asked: Asked | str) -> Keys:
    """Return the keys of an answer: they change with any sheet, and with who asks.

    One query for a visitor, one more for a member's roles. This is what keeps the page as fast with 100,000 sheets
    as with 100: only the first reader after a change pays for counting and sorting.
    """
    roles = member_roles(user)
    audience = (is_signed_in(user), *sorted(roles))
    person = (user.pk, user.is_moderator, user.is_administrator, *sorted(roles.items())) if audience[0] else ()
    stamp = catalogue_stamp()
    shared, own = (hashlib.sha256(repr((stamp, who, asked)).encode()).hexdigest() for who in (audience, person))
    return Keys(shared, own)


def counts_asked(user: Any, asked: Asked, keys: Keys) -> Counts:
    """Return the counts of every facet: of the sheets open to all like this reader, kept, and of the few beside."""
    counts: Counts | None = cache.get(f"catalogue-counts:{keys.shared}")
    if counts is None:
        counts = catalogue_counts(sheets_with_words(sheets_open_to(user), asked.q), asked.chosen)
        cache.set(f"catalogue-counts:{keys.shared}", counts, FRESH_SECONDS)
    beside = sheets_open_beside(user)
    if not is_signed_in(user) or not beside.exists():
        return counts
    more = catalogue_counts(sheets_with_words(beside, asked.q), asked.chosen)
    return {facet: _added(counts[facet], more[facet]) for facet in counts}


def _added(counts: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    """Add counts by code; the most frequent stay first."""
    both = Counter(counts) + Counter(more)
    return dict(sorted(both.items(), key=lambda borne: (-borne[1], borne[0])))


def page_asked(user: Any, asked: Asked, keys: Keys) -> CataloguePage:
    """Return the page asked for. Which sheets are on it is kept; that they may be read is asked again each time."""
    kept: tuple[list[str], str, str] | None = cache.get(f"catalogue-page:{keys.own}")
    if kept is not None:
        found = sheets_visible_to(user).published().listed().in_bulk(kept[0])
        return CataloguePage([found[pk] for pk in kept[0] if pk in found], kept[1], kept[2])
    readable = sheets_with_words(sheets_visible_to(user).published(), asked.q)
    sheets = sheets_filtered(readable, asked.chosen)
    sort = asked.sort if asked.sort in SORTS else "new"
    page = catalogue_page(sheets, sort=sort, after=asked.after, before=asked.before)
    kept = ([sheet.pk for sheet in page.sheets], page.previous, page.next)
    cache.set(f"catalogue-page:{keys.own}", kept, FRESH_SECONDS)
    return page


def nearest(user: Any, sheet: Sheet) -> list[Sheet]:
    """Return the sheets nearest to one. Which they are is kept; that they may be read is asked again each time."""
    key = f"nearest-sheets:{keys_of(user, sheet.pk).shared}"
    kept: list[str] | None = cache.get(key)
    if kept is None:
        found = sheets_related_to(user, sheet)
        cache.set(key, [one.pk for one in found], FRESH_SECONDS)
        return found
    rows = sheets_visible_to(user).published().listed().in_bulk(kept)
    return [rows[pk] for pk in kept if pk in rows]


def total_of(asked: Asked, counts: Counts) -> int:
    """Return how many sheets answer: each has exactly one genre."""
    kinds = counts[TAB]
    return sum(count for code, count in kinds.items() if code in asked.chosen.get(TAB, kinds))


def newest() -> Asked:
    """Return what the catalogue's first page asks for."""
    return Asked(scope=CATALOGUE, sort="new")
