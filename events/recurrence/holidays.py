"""Owns the French school holidays by zone, to skip a workshop that would fall in them.

Source: calendrier scolaire, ministère de l'Éducation nationale (open data "fr-en-calendrier-scolaire").
Only the school years 2025-2026 and 2026-2027 are held: nothing is skipped, and nothing is promised, outside them.
Overseas academies set their own calendars and belong to no zone.
"""

import datetime
from collections.abc import Iterable

ZONES = ("A", "B", "C")
_Span = tuple[datetime.date, datetime.date]


def _span(first: str, last: str) -> _Span:
    return datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)


# First and last day without school, both included; classes stop on the evening before and start on the morning after.
_EVERYWHERE = (
    _span("2025-10-18", "2025-11-02"),
    _span("2025-12-20", "2026-01-04"),
    _span("2026-07-04", "2026-08-31"),
    _span("2026-10-17", "2026-11-01"),
    _span("2026-12-19", "2027-01-03"),
    _span("2027-07-03", "2027-08-31"),
)
_BY_ZONE: dict[str, tuple[_Span, ...]] = {
    "A": (
        _span("2026-02-07", "2026-02-22"),
        _span("2026-04-04", "2026-04-19"),
        _span("2027-02-13", "2027-02-28"),
        _span("2027-04-10", "2027-04-25"),
    ),
    "B": (
        _span("2026-02-14", "2026-03-01"),
        _span("2026-04-11", "2026-04-26"),
        _span("2027-02-20", "2027-03-07"),
        _span("2027-04-17", "2027-05-02"),
    ),
    "C": (
        _span("2026-02-21", "2026-03-08"),
        _span("2026-04-18", "2026-05-03"),
        _span("2027-02-06", "2027-02-21"),
        _span("2027-04-03", "2027-04-18"),
    ),
}
COVERED = _span("2025-09-01", "2027-08-31")


def is_school_holiday(day: datetime.date, zone: str) -> bool:
    """Say whether pupils of the zone are on holiday that day; no, outside the years held."""
    return any(first <= day <= last for first, last in (*_EVERYWHERE, *_BY_ZONE[zone]))


def in_school_holidays(starts: Iterable[datetime.datetime], zone: str) -> list[datetime.datetime]:
    """Return the starts that fall in the holidays of the zone: the dates to skip."""
    return [start for start in starts if is_school_holiday(start.date(), zone)]
