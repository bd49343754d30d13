"""What nobody confirms is postponed three days before, once, and its calendar says so."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from events.actions import confirm_occurrence, create_series, postpone_unconfirmed
from events.enums import Status
from tests.factories.events import rows_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
BASE = {"title": "Débat", "start": "2026-10-13T14:00", "duration_minutes": 90, "rrule": "FREQ=WEEKLY;COUNT=3"}


def test_unconfirmed_meetings_are_postponed_at_three_days() -> None:
    with time_machine.travel("2026-09-01T10:00:00Z") as clock:
        host = UserFactory.create()
        series = create_series(by=host, values=BASE)
        sure = create_series(by=host, values=BASE | {"needs_confirmation": False})
        first, second, _third = rows_of(series)
        confirm_occurrence(by=host, occurrence=second)
        clock.move_to("2026-10-10T11:59:00Z")
        assert postpone_unconfirmed(now=timezone.now()) == []
        clock.move_to("2026-10-10T12:00:00Z")
        assert postpone_unconfirmed(now=timezone.now()) == [first.pk]
        assert postpone_unconfirmed(now=timezone.now()) == []
        clock.move_to("2026-10-19T12:00:00Z")
        assert postpone_unconfirmed(now=timezone.now()) == []
    assert [(row.status, row.sequence) for row in rows_of(series)] == [
        (Status.POSTPONED, 1),
        (Status.SCHEDULED, 1),
        (Status.SCHEDULED, 0),
    ]
    assert {row.status for row in rows_of(sure)} == {Status.SCHEDULED}


def test_who_opens_a_series_for_next_week_has_given_their_word() -> None:
    with time_machine.travel(datetime.datetime(2026, 10, 11, 10, tzinfo=datetime.UTC)):
        series = create_series(by=UserFactory.create(), values=BASE)
        assert postpone_unconfirmed(now=timezone.now()) == []
    assert [row.is_tentative for row in rows_of(series)] == [False, False, True]
