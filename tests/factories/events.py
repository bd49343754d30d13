"""Makes series and their occurrences, through the actions."""

import datetime
from typing import Any

from django.utils import timezone

from commons.people.models import User
from events.actions import create_series, open_room
from events.models import Occurrence, Series
from events.recurrence import wall_clock
from tests.factories.people import UserFactory


def series_of(by: User | None = None, **values: Any) -> Series:
    """Return a weekly series of five online debates that starts in a month, at two in the afternoon, Paris."""
    start = wall_clock(timezone.now() + datetime.timedelta(days=30), "Europe/Paris").replace(
        hour=14, minute=0, second=0
    )
    given: dict[str, Any] = {
        "title": "Débat du mardi",
        "start": start.replace(second=0, microsecond=0).isoformat(),
        "duration_minutes": 90,
        "rrule": "FREQ=WEEKLY;COUNT=5",
        "needs_confirmation": False,
    }
    return create_series(by=by or UserFactory.create(), values=given | values)


def occurrence_of(by: User | None = None, **values: Any) -> Occurrence:
    """Return the first occurrence of a new series."""
    return rows_of(series_of(by, **values))[0]


def rows_of(series: Series) -> list[Occurrence]:
    """Return a series' occurrences as they are now, in the order of their original starts."""
    return list(Occurrence.objects.filter(series=series).select_related("series").order_by("recurrence_id"))


def occurrence_now(by: User | None = None, **values: Any) -> Occurrence:
    """Return a debate of this hour, with the agenda of a debate."""
    start = wall_clock(timezone.now() - datetime.timedelta(minutes=10), "Europe/Paris").replace(microsecond=0)
    given: dict[str, Any] = {"start": start.isoformat(), "template": "debate", "rrule": ""}
    return occurrence_of(by, **(given | values))


def open_room_now(by: User, **values: Any) -> Occurrence:
    """Return a debate of this hour whose room its host has opened."""
    occurrence = occurrence_now(by, **values)
    open_room(by=by, occurrence=occurrence)
    return occurrence
