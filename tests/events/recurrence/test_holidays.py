"""School holidays skip a date by zone, within the years held."""

import datetime

import pytest

from events.recurrence import in_school_holidays, is_school_holiday


@pytest.mark.parametrize(
    ("day", "zones"),
    [
        ("2026-10-16", ""),
        ("2026-10-17", "ABC"),
        ("2026-11-01", "ABC"),
        ("2026-11-02", ""),
        ("2026-02-10", "A"),
        ("2026-02-16", "AB"),
        ("2026-03-03", "C"),
        ("2027-02-08", "C"),
        ("2027-02-16", "AC"),
        ("2027-03-02", "B"),
        ("2027-04-14", "AC"),
        ("2027-08-31", "ABC"),
        ("2027-12-25", ""),
    ],
)
def test_holidays_by_zone(day: str, zones: str) -> None:
    date = datetime.date.fromisoformat(day)
    assert "".join(zone for zone in "ABC" if is_school_holiday(date, zone)) == zones


def test_dates_to_skip() -> None:
    starts = [datetime.datetime(2027, 2, day, 14) for day in (2, 9, 16, 23)]  # noqa: DTZ001 - a clock on a wall
    assert in_school_holidays(starts, "C") == starts[1:3]
