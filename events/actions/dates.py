"""Writes the rows of the occurrences that a series' schedule gives, some months ahead."""

import datetime

from django.db import transaction
from django.utils import timezone

from events.enums import Status
from events.models import Occurrence, Series
from events.recurrence import instant

AHEAD = datetime.timedelta(days=240)
MOST_ROWS = 1000
ASKED_FROM = datetime.timedelta(days=10)
"""What is opened for less than ten days ahead needs no second word: who opens it has just given theirs."""


def materialise_all() -> int:
    """Bring every series' rows up to date; return how many were added. Run each night by the worker."""
    added = 0
    for pk in list(Series.objects.exclude(rrule="").order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            added += materialise(Series.objects.select_for_update(of=("self",)).get(pk=pk))
    return added


def materialise(series: Series) -> int:
    """Add the rows that are missing up to some months ahead; rows that are there stay as they are. Needs the lock."""
    known = set(series.occurrences.values_list("recurrence_id", flat=True))
    missing = [start for start in expected_starts(series) if start.isoformat() not in known]
    Occurrence.objects.bulk_create([new_occurrence(series, start) for start in missing])
    return len(missing)


def expected_starts(series: Series) -> list[datetime.datetime]:
    """Return the starts that should have a row by now."""
    schedule = series.schedule
    horizon = max(timezone.now().replace(tzinfo=None), schedule.start) + AHEAD
    return schedule.starts(horizon)[:MOST_ROWS]


def new_occurrence(series: Series, start: datetime.datetime) -> Occurrence:
    """Return an unsaved occurrence as the series has it."""
    occurrence = Occurrence(series=series, recurrence_id=start.isoformat())
    place_in_time(occurrence, start.isoformat(), series.duration_minutes)
    if occurrence.starts_at < timezone.now() + ASKED_FROM:
        occurrence.confirmed_at = timezone.now()
    return occurrence


def place_in_time(occurrence: Occurrence, start: str, minutes: int) -> None:
    """Set when an occurrence starts and ends, at the wall clock and as instants."""
    occurrence.start, occurrence.duration_minutes = start, minutes
    occurrence.starts_at = instant(datetime.datetime.fromisoformat(start), occurrence.series.timezone)
    occurrence.ends_at = occurrence.starts_at + datetime.timedelta(minutes=minutes)


def realign(series: Series) -> list[Occurrence]:
    """Make the rows follow a schedule that has just changed; return the overrides that stay. Needs the lock.

    A meeting keeps its row, and all that hangs on it, when the new schedule has one on the same day. One that is no
    longer given goes; where somebody left a trace of it, it stays as an extra date, cancelled: calendars say so.
    """
    free = {start.date(): start for start in expected_starts(series)}
    taken = set()
    for row in series.occurrences.order_by("recurrence_id"):
        row.series = series
        day = datetime.datetime.fromisoformat(row.recurrence_id)
        start = free.get(day.date())
        if start is None or start in taken:
            _take_leave(series, row)
            continue
        taken.add(start)
        _follow(series, row, start)
    series.save()
    materialise(series)
    return list(series.occurrences.filter(is_overridden=True).order_by("starts_at"))


def _follow(series: Series, row: Occurrence, start: datetime.datetime) -> None:
    was_moved = row.start != row.recurrence_id
    row.recurrence_id = start.isoformat()
    place_in_time(row, row.start if was_moved else row.recurrence_id, _minutes(series, row))
    row.updated_at = timezone.now()
    row.save()


def _minutes(series: Series, row: Occurrence) -> int:
    return row.duration_minutes if row.is_overridden else series.duration_minutes


def _take_leave(series: Series, row: Occurrence) -> None:
    if not row.has_traces():
        row.delete()
        return
    series.extra = sorted({*series.extra, row.recurrence_id})
    row.status = Status.CANCELLED
    row.updated_at = timezone.now()
    row.save()
