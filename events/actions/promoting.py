"""Writes the passage from the waiting list to a seat: in order, once each, under the occurrence's lock."""

import datetime

from django.utils import timezone

from commons.bus import publish
from events.enums import Mode, SeatStatus
from events.models import Occurrence, Seat
from events.signals import SeatPromoted

LEAST = datetime.timedelta(hours=1)
"""Nobody is asked to claim a seat within less than an hour, nor after the meeting has begun."""


def promote(occurrence: Occurrence) -> list[Seat]:
    """Give what is free to who waits, the first asked first, on site and online apart. Needs the occurrence's lock.

    A seat given so is to be claimed within the series' claim window, unless the meeting is too near for one.
    """
    return [seat for mode in Mode.values for seat in _promote_in(occurrence, mode)]


def _promote_in(occurrence: Occurrence, mode: str) -> list[Seat]:
    waiting = occurrence.seats.filter(mode=mode, status=SeatStatus.WAITING).order_by("queued_at", "id")
    free = free_seats(occurrence, mode)
    chosen = list(waiting if free is None else waiting[:free])
    for seat in chosen:
        seat.status, seat.promoted_at = SeatStatus.GOING, timezone.now()
        seat.claim_by = _claim_by(occurrence)
        seat.save(update_fields=["status", "promoted_at", "claim_by"])
        publish(SeatPromoted(seat.pk, occurrence.pk))
    return chosen


def free_seats(occurrence: Occurrence, mode: str) -> int | None:
    """Return how many seats are free that way; none is no limit."""
    capacity = occurrence.capacity(mode)
    if capacity is None:
        return None
    return max(0, capacity - occurrence.seats.filter(mode=mode, status=SeatStatus.GOING).count())


def _claim_by(occurrence: Occurrence) -> datetime.datetime | None:
    now = timezone.now()
    window = datetime.timedelta(hours=occurrence.series.claim_hours)
    until = min(now + window, occurrence.starts_at - LEAST)
    return until if until >= now + LEAST else None
