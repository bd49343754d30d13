"""Writes seats: answering, claiming, releasing what nobody claimed, and who was there."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.people.models import User
from events.actions.occurrences import locked_occurrence
from events.actions.promoting import promote
from events.actions.threads import follow_by_answer
from events.enums import Answer, Format, Mode, SeatStatus
from events.models import Occurrence, Seat, Series
from events.signals import SeatTaken


@transaction.atomic
def answer(*, by: User, occurrence: Occurrence, answer: str = Answer.YES, mode: str = "") -> Seat:
    """Say yes, maybe or no to a meeting; yes takes a seat, or a place in the waiting list when none is free.

    Saying yes again keeps the seat (and claims it) or the place in the list; another `mode` asks anew for that one.
    What a person leaves goes to who waits. The answer sets how closely they follow the meeting's thread. Refused when
    the meeting does not take place or is over.
    """
    locked = locked_occurrence(by=by, occurrence=occurrence, permission="events.take_part")
    seat = locked.seats.filter(user=by).first() or Seat(occurrence=locked, user=by, status=SeatStatus.NONE)
    is_online = locked.shown_format == Format.ONLINE
    mode = mode or (Mode.ONLINE if is_online else seat.mode or Mode.ONSITE)
    _refuse_impossible(locked, answer, mode)
    if answer == Answer.YES and seat.answer == Answer.YES and seat.mode == mode and seat.status != SeatStatus.NONE:
        seat.claim_by = None
    else:
        seat.answer, seat.mode, seat.claim_by, seat.promoted_at = answer, mode, None, None
        seat.status = SeatStatus.NONE
        if answer == Answer.YES:
            _queue(locked, seat)
    seat.save()
    promote(locked)
    follow_by_answer(locked, by=by, answer=answer)
    seat.refresh_from_db()
    publish(SeatTaken(seat.pk, locked.pk, by.pk))
    return seat


def _queue(occurrence: Occurrence, seat: Seat) -> None:
    """Give a free seat, never over the head of who waits already; else the last place of the list."""
    seat.queued_at = timezone.now()
    others = occurrence.seats.filter(mode=seat.mode).exclude(user=seat.user)
    last = others.filter(status=SeatStatus.WAITING).order_by("-queued_at").first()
    if last is not None:
        seat.queued_at = max(seat.queued_at, last.queued_at + datetime.timedelta(microseconds=1))
    capacity = occurrence.capacity(seat.mode)
    taken = others.filter(status=SeatStatus.GOING).count()
    is_free = last is None and (capacity is None or taken < capacity)
    seat.status = SeatStatus.GOING if is_free else SeatStatus.WAITING


def _refuse_impossible(occurrence: Occurrence, answer: str, mode: str) -> None:
    if answer not in Answer.values:
        raise Invalid({"answer": [_("Choisissez dans la liste.")]})
    wanted = {Format.ONSITE: (Mode.ONSITE,), Format.ONLINE: (Mode.ONLINE,)}
    if mode not in wanted.get(Format(occurrence.shown_format), tuple(Mode.values)):
        raise Invalid({"mode": [_("On ne peut pas venir ainsi à cette séance.")]})
    if not occurrence.takes_place:
        raise Conflict(_("Cette séance n’a pas lieu."), code="not_taking_place")
    if occurrence.ends_at <= timezone.now():
        raise Conflict(_("Cette séance est terminée."), code="over")


def release_unclaimed(*, now: datetime.datetime) -> int:
    """Take back the seats that nobody claimed in time, and give them to who waits; return how many. By the worker.

    The person keeps a « maybe »: a yes puts them at the end of the list.
    """
    due = Seat.objects.filter(status=SeatStatus.GOING, claim_by__lte=now).order_by("pk")
    occurrences = dict.fromkeys(due.values_list("occurrence_id", "occurrence__series_id"))
    return sum(_release(pk, series_id, now) for pk, series_id in occurrences)


@transaction.atomic
def _release(pk: int, series_id: str, now: datetime.datetime) -> int:
    series = Series.objects.select_for_update(of=("self",)).get(pk=series_id)
    occurrence = Occurrence.objects.select_for_update(of=("self",)).get(pk=pk)
    occurrence.series = series
    due = occurrence.seats.filter(status=SeatStatus.GOING, claim_by__lte=now)
    released = due.update(status=SeatStatus.NONE, answer=Answer.MAYBE, claim_by=None)
    promote(occurrence)
    return released


@transaction.atomic
def free_seat(seat: Seat) -> None:
    """Delete the answer of somebody who leaves; what they held goes to who waits, if the meeting is not over."""
    series = Series.objects.select_for_update(of=("self",)).get(pk=seat.occurrence.series_id)
    occurrence = Occurrence.objects.select_for_update(of=("self",)).get(pk=seat.occurrence_id)
    occurrence.series = series
    seat.delete()
    if occurrence.takes_place and occurrence.ends_at > timezone.now():
        promote(occurrence)


@transaction.atomic
def ask_attendance(*, by: User, occurrence: Occurrence) -> Seat:
    """Say « j’y étais », once the meeting has begun, also without having answered; a facilitator confirms it.

    Saying it again changes nothing. Refused of a meeting that did not take place.
    """
    locked = locked_occurrence(by=by, occurrence=occurrence, permission="events.take_part")
    _refuse_not_begun(locked)
    if not locked.takes_place:
        raise Conflict(_("Cette séance n’a pas eu lieu."), code="not_taking_place")
    mode = Mode.ONLINE if locked.shown_format == Format.ONLINE else Mode.ONSITE
    seat, _is_new = locked.seats.get_or_create(
        user=by, defaults={"answer": Answer.YES, "mode": mode, "status": SeatStatus.NONE}
    )
    if seat.attendance_asked_at is None:
        seat.attendance_asked_at = timezone.now()
        seat.save(update_fields=["attendance_asked_at"])
    return seat


@transaction.atomic
def mark_attendance(*, by: User, occurrence: Occurrence, people: Collection[int]) -> int:
    """Confirm who was there, among who answered or said so; it replaces what was said before. Return how many were."""
    locked = locked_occurrence(by=by, occurrence=occurrence, permission="events.change_occurrence")
    _refuse_not_begun(locked)
    locked.seats.exclude(user__in=people).update(attendance_confirmed_at=None)
    locked.seats.filter(user__in=people, attendance_confirmed_at=None).update(attendance_confirmed_at=timezone.now())
    return locked.seats.exclude(attendance_confirmed_at=None).count()


def _refuse_not_begun(occurrence: Occurrence) -> None:
    if occurrence.starts_at > timezone.now():
        raise Conflict(_("Cette séance n’a pas encore commencé."), code="not_begun")
