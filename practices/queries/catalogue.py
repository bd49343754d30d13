"""Reads the catalogue: words, counts, pages by cursor, neighbours, and a stamp that says whether anything moved."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, FloatField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from commons.text.normalise import normal_key
from practices.fields.facets import facet_codes
from practices.fields.table import field_of
from practices.fields.values import codes_of
from practices.models import Collection, Decision, Sheet, SheetQuerySet, TaggedSheet, Trial, Version
from practices.queries.collections import collections_visible_to
from practices.queries.sheets import facet_counts, sheets_filtered, sheets_open_to
from practices.queries.trials import NEUTRAL, PRIOR_WEIGHT

PAGE_SIZE = 20
MAX_WORDS = 8
NEAR = ("domain", "format", "phase")
NEAREST_AMONG = 60
SORTS = {"new": "published_at", "tried": "trial_count", "useful": "usefulness"}
_READ_VALUE: dict[str, Callable[[str], Any]] = {
    "new": datetime.datetime.fromisoformat,
    "tried": int,
    "useful": float,
}


@dataclass(frozen=True)
class CataloguePage:
    """Some sheets, and the cursors of the pages beside them; an empty cursor where there is none."""

    sheets: list[Sheet]
    previous: str
    next: str


def catalogue_stamp() -> str:
    """Return a short text that changes whenever the published sheets or their facets do, in one query.

    Publishing, deciding and trying each add a row: the last key of each table is read from its index, however long
    the table. Only an erasure may go unseen: keep nothing by this stamp for more than some minutes.
    """
    tables = [model._meta.db_table for model in (Version, Decision, Trial)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'(SELECT MAX("id") FROM "{name}")' for name in tables))  # noqa: S608 - our own tables
        return ".".join(str(last or 0) for last in cursor.fetchone())


def sheets_with_words(sheets: SheetQuerySet, text: str) -> SheetQuerySet:
    """Keep the sheets that hold every word in their title, their summary or a tag (accents folded in tags)."""
    for word in text.split()[:MAX_WORDS]:
        is_found = Q(title__icontains=word) | Q(summary__icontains=word)
        if key := normal_key(word):
            tagged = TaggedSheet.objects.filter(content_object=OuterRef("pk"), tag__key__contains=key)
            is_found |= Q(Exists(tagged))
        sheets = sheets.filter(is_found)
    return sheets


def catalogue_counts(sheets: SheetQuerySet, chosen: Mapping[str, list[str]]) -> dict[str, dict[str, int]]:
    """Count by code in every facet; a facet's own choice does not narrow its own counts, so that one may add to it.

    One query, and one more for each facet in which something is chosen.
    """
    used = [code for code in facet_codes() if chosen.get(code)]
    counts = facet_counts(sheets_filtered(sheets, chosen), [code for code in facet_codes() if code not in used])
    for code in used:
        others = {name: codes for name, codes in chosen.items() if name != code}
        counts |= facet_counts(sheets_filtered(sheets, others), [code])
    return counts


def catalogue_page(sheets: SheetQuerySet, *, sort: str = "new", after: str = "", before: str = "") -> CataloguePage:
    """Return one page of these sheets in that order; a cursor that cannot be read gives the first page.

    « Most useful » ranks by the Bayesian mean towards a neutral 3, so that a cursor means the same on every page.
    """
    column = SORTS[sort]
    rows = sheets.listed()
    if sort == "useful":
        total = Cast(F("useful_sum") + int(NEUTRAL * PRIOR_WEIGHT), FloatField())
        rows = rows.annotate(usefulness=total / (F("rating_count") + PRIOR_WEIGHT))
    is_back = bool(before) and not after
    place = _place(sort, after or before)
    if place is not None:
        way = "gt" if is_back else "lt"
        beyond = Q(**{f"{column}__{way}": place[0]}) | Q(**{column: place[0], f"pk__{way}": place[1]})
        rows = rows.filter(beyond)
    order = (column, "pk") if is_back and place else (f"-{column}", "-pk")
    found = list(rows.order_by(*order)[: PAGE_SIZE + 1])
    return _page(found, column, is_back=is_back and place is not None, is_inside=place is not None)


def _page(found: list[Sheet], column: str, *, is_back: bool, is_inside: bool) -> CataloguePage:
    has_more, shown = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    if is_back:
        shown.reverse()
    has_previous, has_next = (has_more, True) if is_back else (is_inside, has_more)
    ends = [_cursor(sheet, column) for sheet in (shown[:1] + shown[-1:])]
    return CataloguePage(shown, ends[0] if ends and has_previous else "", ends[-1] if ends and has_next else "")


def _cursor(sheet: Sheet, column: str) -> str:
    return f"{getattr(sheet, column)}~{sheet.pk}"


def _place(sort: str, cursor: str) -> tuple[Any, str] | None:
    value, _separator, pk = cursor.partition("~")
    try:
        read = _READ_VALUE[sort](value)
    except ValueError:
        return None
    is_naive = isinstance(read, datetime.datetime) and read.tzinfo is None
    return None if is_naive or not pk else (read, pk[:26])


def sheets_related_to(user: Any, sheet: Sheet, limit: int = 3) -> list[Sheet]:
    """Return the published sheets nearest to this one: by shared domains, formats and moments, then by trials.

    The same for all who are in the same networks: of what is open to them. They are looked for among the last
    `NEAREST_AMONG` published that share its domains (its formats, when it has none): the cost stays the same however
    many sheets there are.
    """
    content = sheet.version.content if sheet.version else sheet.content
    near = {field: codes for field in NEAR if (codes := codes_of(field_of(field), content))}
    if not near:
        return []
    first = next(iter(near))
    others = sheets_open_to(user).exclude(pk=sheet.pk).with_code(first, near[first])
    shared = Q()
    for field, codes in near.items():
        shared |= Q(facet_values__field=field, facet_values__code__in=codes)
    among = others.order_by("-published_at", "-pk").values("pk")[:NEAREST_AMONG]
    ranked = Sheet.objects.filter(pk__in=among).filter(shared).annotate(shared=Count("facet_values"))
    return list(ranked.order_by("-shared", "-trial_count", "-pk").listed()[:limit])


def collections_holding(user: Any, sheet: Sheet) -> QuerySet[Collection]:
    """Return the collections the person may read in which the sheet stands, by title."""
    return collections_visible_to(user).filter(items__sheet=sheet).order_by("title", "pk")
