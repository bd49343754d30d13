"""Reads what is new in a saved search: the newest sheets that it finds, and since when they are there."""

import datetime
from collections.abc import Collection
from typing import Any

from commons.search.finding import KIND, Search, find
from commons.search.models import SavedSearch
from commons.search.sources import facet_names
from practices.models import Sheet

SHEET = "sheet"
LOOKED_AT = 20
"""So many of the newest sheets of a search are looked at for what is new."""


def newest_found(user: Any, saved: SavedSearch) -> list[str]:
    """Return the newest sheets that the search finds for this person; none where it is about other things.

    Raises `EngineDownError`.
    """
    kinds = saved.filters.get(KIND)
    if kinds and SHEET not in kinds:
        return []
    filters = {name: tuple(saved.filters[name]) for name in facet_names() if saved.filters.get(name)}
    newest = Search(saved.text, (SHEET,), filters, facets=(), sort="new", limit=LOOKED_AT)
    return [hit.id for hit, _url in find(user, newest).hits]


def news_dates(user: Any, ids: Collection[str]) -> dict[str, datetime.datetime]:
    """Return when these sheets were published; a person's own are no news to them."""
    if not ids:
        return {}
    rows = Sheet.objects.filter(pk__in=ids, published_at__isnull=False).exclude(authorships__user=user)
    return {pk: date for pk, date in rows.values_list("pk", "published_at") if date is not None}
