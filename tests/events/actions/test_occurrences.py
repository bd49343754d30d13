"""One meeting is moved, cancelled, put online, confirmed; the series is split there; calendars learn of each."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine

from commons.errors import Conflict, Invalid, NotAllowed
from events.actions import (
    change_following,
    change_occurrence,
    confirm_occurrence,
    create_series,
    set_status,
)
from events.enums import Status
from events.models import Occurrence, Series
from tests.factories.events import rows_of
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_autumn")]


@pytest.fixture
def _autumn() -> Iterator[None]:
    with time_machine.travel(datetime.datetime(2026, 9, 1, 10, tzinfo=datetime.UTC), tick=True):
        yield


@pytest.fixture
def series() -> Series:
    values = {
        "title": "Débat",
        "start": "2026-10-13T14:00",
        "duration_minutes": 90,
        "rrule": "FREQ=WEEKLY;COUNT=6",
        "place": "Théâtre du Pont",
        "format": "hybrid",
    }
    return create_series(by=UserFactory.create(), values=values)


def test_a_moved_meeting_keeps_its_name_and_says_it_moved(series: Series) -> None:
    host = series.created_by
    moved = change_occurrence(by=host, occurrence=rows_of(series)[1], values={"start": "2026-10-26T10:00"})
    assert (moved.recurrence_id, moved.start, moved.status) == (
        "2026-10-20T14:00:00",
        "2026-10-26T10:00:00",
        Status.RESCHEDULED,
    )
    assert moved.starts_at == datetime.datetime(2026, 10, 26, 9, tzinfo=datetime.UTC)
    back = change_occurrence(by=host, occurrence=moved, values={"start": "2026-10-20T14:00"})
    assert (back.status, back.sequence) == (Status.SCHEDULED, 2)


def test_sequence_of_one_meeting_rises_for_what_calendars_show(series: Series) -> None:
    host, row = series.created_by, rows_of(series)[0]
    told = []
    steps: list[object] = [
        {"title": "Avec la ville"},
        {"agenda": [{"title": "Tour de table", "minutes": 5}]},
        {"place": "Médiathèque"},
        {"join_link": "https://visio.example/x"},
        {"duration_minutes": 60},
        {"duration_minutes": 60},
        "confirm",
        "confirm",
        "moved_online",
        "cancelled",
        "cancelled",
        "scheduled",
    ]
    for step in steps:
        if step == "confirm":
            confirm_occurrence(by=host, occurrence=row)
        elif isinstance(step, str):
            set_status(by=host, occurrence=row, status=step)
        else:
            change_occurrence(by=host, occurrence=row, values=step)
        row.refresh_from_db()
        told.append(row.sequence)
    assert told == [0, 0, 1, 2, 3, 3, 4, 4, 5, 6, 6, 7]


def test_an_overrides_sequence_is_never_below_its_series(series: Series) -> None:
    Series.objects.filter(pk=series.pk).update(sequence=5)
    cancelled = set_status(by=series.created_by, occurrence=rows_of(series)[0], status="cancelled", reason="Grève")
    assert (cancelled.sequence, rows_of(series)[1].shown_sequence, cancelled.reason) == (6, 5, "Grève")


def test_moved_online_has_no_place(series: Series) -> None:
    row = set_status(by=series.created_by, occurrence=rows_of(series)[0], status="moved_online")
    assert (row.shown_format, row.shown_place) == ("online", "")


def test_what_cannot_be_is_refused(series: Series) -> None:
    host, row = series.created_by, rows_of(series)[0]
    with pytest.raises(Invalid):
        set_status(by=host, occurrence=row, status="rescheduled")
    with pytest.raises(Invalid):
        change_occurrence(by=host, occurrence=row, values={"duration_minutes": 0})
    with pytest.raises(NotAllowed):
        set_status(by=UserFactory.create(), occurrence=row, status="cancelled")
    set_status(by=host, occurrence=row, status="cancelled")
    with pytest.raises(Conflict):
        change_occurrence(by=host, occurrence=row, values={"start": "2026-10-14T14:00"})
    with pytest.raises(Conflict):
        confirm_occurrence(by=host, occurrence=row)


def test_a_postponed_meeting_gets_a_new_date(series: Series) -> None:
    host = series.created_by
    row = set_status(by=host, occurrence=rows_of(series)[0], status="postponed", reason="Salle prise")
    row = change_occurrence(by=host, occurrence=row, values={"start": "2026-10-15T14:00"})
    assert (row.status, row.reason) == (Status.RESCHEDULED, "")


def test_this_and_following_becomes_a_series_of_its_own(series: Series) -> None:
    host, rows = series.created_by, rows_of(series)
    change_occurrence(by=host, occurrence=rows[4], values={"start": "2026-11-11T09:00"})
    new = change_following(by=host, occurrence=rows[3], values={"start": "2026-11-03T18:00", "title": "Le soir"})
    series.refresh_from_db()
    assert (series.rrule, series.sequence) == ("FREQ=WEEKLY;UNTIL=20261103T125959Z", 1)
    assert (new.rrule, new.split_from_id, new.sequence) == ("FREQ=WEEKLY;COUNT=3", series.pk, 1)
    assert [row.pk for row in rows_of(series)] == [row.pk for row in rows[:3]]
    assert [(row.pk, row.start) for row in rows_of(new)] == [
        (rows[3].pk, "2026-11-03T18:00:00"),
        (rows[4].pk, "2026-11-11T09:00:00"),
        (rows[5].pk, "2026-11-17T18:00:00"),
    ]
    assert Occurrence.objects.count() == 6
    with pytest.raises(Conflict) as refused:
        change_following(by=host, occurrence=rows_of(new)[0], values={})
    assert refused.value.code == "first_occurrence"
