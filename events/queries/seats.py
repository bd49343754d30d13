"""Reads seats, and the meetings a person counts on."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from commons.people.models import User
from commons.people.rules import is_signed_in
from events.enums import Answer, Mode, SeatStatus
from events.models import Occurrence, Seat
from events.queries.series import occurrences_visible_to, series_hosted_by

LATELY = datetime.timedelta(days=90)


def joinable(user: Any, occurrences: Iterable[Occurrence]) -> set[int]:
    """Return which of these meetings the person gets the join link of: they host it, or have a seat in it."""
    rows = list(occurrences)
    if not is_signed_in(user) or not rows:
        return set()
    seated = Seat.objects.filter(user=user, occurrence__in=rows, status=SeatStatus.GOING)
    found = set(seated.values_list("occurrence_id", flat=True))
    hosted = set(series_hosted_by(user).filter(pk__in={o.series_id for o in rows}).values_list("pk", flat=True))
    return found | {o.pk for o in rows if o.series_id in hosted}


def calendar_of(user: User, now: datetime.datetime) -> list[tuple[Occurrence, str, bool]]:
    """Return a person's meetings for their own calendar: each with their answer, and whether they get the link.

    The ones they host, and those they answered yes or maybe to, since three months ago. Answers `host`, `going`,
    `waiting` or `maybe`.
    """
    seats = dict(Seat.objects.filter(user=user).exclude(answer=Answer.NO).values_list("occurrence_id", "pk"))
    mine = Q(pk__in=list(seats)) | Q(series__in=series_hosted_by(user))
    rows = list(occurrences_visible_to(user).filter(mine, ends_at__gt=now - LATELY).order_by("starts_at", "pk"))
    linked = joinable(user, rows)
    answers = {seat.occurrence_id: _answer(seat) for seat in Seat.objects.filter(pk__in=seats.values())}
    return [(row, answers.get(row.pk, "host"), row.pk in linked) for row in rows]


def _answer(seat: Seat) -> str:
    return "maybe" if seat.answer == Answer.MAYBE else str(seat.status)


def attendance_of(occurrence: Occurrence) -> QuerySet[Seat]:
    """Return who may have been at a meeting, by name: who had a seat, said maybe, or said that they were there."""
    may_have = Q(status=SeatStatus.GOING) | Q(answer=Answer.MAYBE) | Q(attendance_asked_at__isnull=False)
    rows = Seat.objects.filter(may_have, occurrence=occurrence).select_related("user", "user__institution")
    return rows.order_by("user__public_name", "pk")


def position_of(seat: Seat) -> int | None:
    """Return a person's own place in the waiting list, from 1; none for who does not wait."""
    if seat.status != SeatStatus.WAITING:
        return None
    queue = Seat.objects.filter(occurrence=seat.occurrence_id, mode=seat.mode, status=SeatStatus.WAITING)
    before = Q(queued_at__lt=seat.queued_at) | Q(queued_at=seat.queued_at, pk__lt=seat.pk)
    return queue.filter(before).count() + 1


def seat_counts(occurrence: Occurrence) -> dict[str, dict[str, int | None]]:
    """Return, on site and online, how many have a seat, how many wait, and how many seats there are."""
    rows = Seat.objects.filter(occurrence=occurrence).values_list("mode", "status").annotate(n=Count("pk")).order_by()
    found = {(mode, status): n for mode, status, n in rows}
    return {
        mode: {
            "going": found.get((mode, SeatStatus.GOING.value), 0),
            "waiting": found.get((mode, SeatStatus.WAITING.value), 0),
            "capacity": occurrence.capacity(mode),
        }
        for mode in Mode.values
    }
