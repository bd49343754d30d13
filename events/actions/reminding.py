"""Writes what people are told of a meeting, each thing once, whoever crashes in between.

A row is unique by meeting, person, kind and instant told of: a meeting that moves is told of again, two workers write
one row. What is written is then told as a fact, to be delivered as each person chose (`commons.notices`).
"""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from commons.bus import publish
from events.enums import TAKES_PLACE, Answer, Notice, SeatStatus
from events.models import Block, Occurrence, Seat, Told
from events.queries import decisions_reviewed, review_instant
from events.signals import BlockDue, PersonToTell

WEEK, DAY, HOUR = datetime.timedelta(days=7), datetime.timedelta(days=1), datetime.timedelta(hours=1)
BEFORE = ((Notice.WEEK, WEEK, DAY), (Notice.DAY, DAY, HOUR), (Notice.HOUR, HOUR, datetime.timedelta(0)))
CONFIRM = ((Notice.CONFIRM, 10, 5), (Notice.CONFIRM_AGAIN, 5, 3))
MOST_AT_ONCE = 500


def note_due(*, now: datetime.datetime) -> int:
    """Write a row for all that is to be told by now; return how many are new. Run by the worker, by two as well."""
    rows = [*_reminders(now), *_traces(now), *_questions(now), *_reviews(now)]
    before = Told.objects.count()
    Told.objects.bulk_create(rows, ignore_conflicts=True)
    return Told.objects.count() - before


def _reminders(now: datetime.datetime) -> Iterator[Told]:
    """Yield J-7, J-1 and H-1, each until the next one is due: who answers late is told of the nearest only."""
    for kind, ahead, until in BEFORE:
        due = Q(occurrence__starts_at__gt=now + until, occurrence__starts_at__lte=now + ahead)
        coming = Q(status=SeatStatus.GOING) | Q(answer=Answer.MAYBE)
        for seat in _seats(due & coming & Q(occurrence__status__in=TAKES_PLACE)):
            yield _row(seat.occurrence, seat.user_id, kind)


def _traces(now: datetime.datetime) -> Iterator[Told]:
    """Yield J+1 to who was to come: what they take away."""
    over = Q(occurrence__ends_at__lte=now - DAY, occurrence__ends_at__gt=now - WEEK)
    for seat in _seats(over & Q(status=SeatStatus.GOING, occurrence__status__in=TAKES_PLACE)):
        yield _row(seat.occurrence, seat.user_id, Notice.TRACE)


def _seats(condition: Q) -> Iterator[Seat]:
    return Seat.objects.filter(condition).select_related("occurrence").order_by("pk").iterator()


def _questions(now: datetime.datetime) -> Iterator[Told]:
    """Yield what facilitators are asked: at J-10 who opened the series, at J-5 everybody who facilitates it.

    A series whose opener has left asks everybody at J-10 already.
    """
    waiting = Occurrence.objects.filter(confirmed_at=None, series__needs_confirmation=True, status__in=TAKES_PLACE)
    for kind, first, last in CONFIRM:
        since, until = now + datetime.timedelta(days=last), now + datetime.timedelta(days=first)
        due = waiting.filter(starts_at__gt=since, starts_at__lte=until).select_related("series")
        for occurrence in due.prefetch_related("series__facilitators"):
            opener = occurrence.series.created_by_id
            asked = _hosts_of(occurrence) if kind == Notice.CONFIRM_AGAIN or opener is None else [opener]
            for user_id in asked:
                yield _row(occurrence, user_id, kind)


def _reviews(now: datetime.datetime) -> Iterator[Told]:
    """Yield, to who hosts the series, the decisions to look at again: from eight in the morning of that day, there."""
    about = now.date()
    due = decisions_reviewed().filter(review_date__gt=about - WEEK, review_date__lte=about + DAY)
    for block in due.prefetch_related("minutes__occurrence__series__facilitators").order_by("pk"):
        occurrence = block.minutes.occurrence
        since = review_instant(block)
        for user_id in _hosts_of(occurrence) if since <= now else ():
            yield Told(occurrence=occurrence, user_id=user_id, kind=Notice.REVIEW, start=since)


def _hosts_of(occurrence: Occurrence) -> list[int]:
    hosts = {occurrence.series.created_by_id, *(person.pk for person in occurrence.series.facilitators.all())}
    return sorted(pk for pk in hosts if pk)


def _row(occurrence: Occurrence, user_id: int, kind: str) -> Told:
    return Told(occurrence=occurrence, user_id=user_id, kind=kind, start=occurrence.starts_at)


def note(*, occurrence: Occurrence, user_id: int, kind: str) -> None:
    """Write that one thing is to be told to one person now."""
    Told.objects.bulk_create([_row(occurrence, user_id, kind)], ignore_conflicts=True)


@transaction.atomic
def tell_noted() -> int:
    """Say of what is noted that it is to be told now; return how much. Whether it still holds is seen when it leaves.

    The facts are written with the marks, so that each is told once, whoever crashes in between.
    """
    waiting = Told.objects.select_for_update(skip_locked=True).filter(sent_at=None).order_by("pk")
    pks = list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE])
    for pk in pks:
        publish(PersonToTell(pk))
    Told.objects.filter(pk__in=pks).update(sent_at=timezone.now())
    return len(pks)


def tell_due(*, today: datetime.date) -> int:
    """Tell who took something on in a meeting that it is due tomorrow; return how many."""
    own = Block.objects.filter(is_done=False, is_removed=False, owner__isnull=False)
    due = own.filter(due_date=today + DAY).values_list("pk", flat=True)
    for pk in due:
        publish(BlockDue(pk))
    return len(due)
