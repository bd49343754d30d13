"""Owns what one sheet's row says in every list of sheets: the words that `components/sheet_row.html` shows."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core.cache import cache
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from commons.drawings import drawn
from commons.vocabularies.queries import label_of
from practices.enums import ASPECTS, EditorialState
from practices.models import FacetValue, Sheet
from practices.queries.trials import prior_means, shrunk_means

PRIOR_SECONDS = 300
Marks = Mapping[str, dict[str, SafeString]]
UNMARKED: Final[Marks] = {}


def sheet_rows(sheets: Iterable[Sheet], *, marks: Marks = UNMARKED, is_brief: bool = False) -> list[dict[str, Any]]:
    """Return a row for each sheet, in order, and its `html`, drawn once for all who see the same.

    One query more for their domains; fetch the house with the sheets. The means of all sheets, towards which each mean
    is shrunk, are at most five minutes old. `marks` says by sheet the texts with the words found marked.
    """
    shown = list(sheets)
    domains = _domains(shown)
    rows = [_row(sheet) | {"domain_label": domains.get(sheet.pk, "")} | marks.get(sheet.pk, {}) for sheet in shown]
    return [row | {"html": _html(row, is_brief=is_brief)} for row in rows]


def _html(row: dict[str, Any], *, is_brief: bool) -> SafeString:
    context = {"sheet": row, "level": 3, "is_brief": is_brief}
    return drawn("components/sheet_row.html", (is_brief, *row.items()), context)


def _domains(sheets: list[Sheet]) -> dict[str, str]:
    """Return the first domain of each sheet, in its own order."""
    rows = FacetValue.objects.filter(sheet__in=[sheet.pk for sheet in sheets], field="domain").order_by("-pk")
    return {pk: label_of("practice_domain", code) for pk, code in rows.values_list("sheet_id", "code")}


def _row(sheet: Sheet) -> dict[str, Any]:
    house = sheet.institution
    outcome = sheet.outcome or ""
    return {
        "pk": sheet.pk,
        "url": sheet.get_absolute_url(),
        "title": sheet.title,
        "summary": sheet.summary,
        "kind": sheet.kind,
        "kind_label": sheet.get_kind_display(),
        "language": "" if sheet.language == get_language() else sheet.language,
        "house": house.name if house else "",
        "place": house.place if house else "",
        "state": "" if sheet.editorial_state == EditorialState.ADOPTED else sheet.editorial_state,
        "state_label": sheet.get_editorial_state_display(),
        "outcome": outcome,
        "outcome_label": label_of("outcome", outcome),
        "effort_label": label_of("effort_band", sheet.effort_setup),
        "cost_label": label_of("budget_band", sheet.cost_setup),
        "trials": sheet.trial_count,
        "supports": sheet.support_count,
        "useful_mean": _useful_mean(sheet),
        "ratings": sheet.rating_count,
    }


def _useful_mean(sheet: Sheet) -> float | None:
    if not sheet.rating_count:
        return None
    prior = cache.get_or_set("prior-means", prior_means, PRIOR_SECONDS) or prior_means()
    sums = {aspect: getattr(sheet, f"{aspect}_sum") for aspect in ASPECTS}
    return shrunk_means(sheet.rating_count, sums, prior).useful
