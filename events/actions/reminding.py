"""Writes what people are told of a meeting, each thing once: rows first, then mails, whoever crashes in between.

A row is unique by meeting, person, kind and instant told of: a meeting that moves is told of again, two workers write
one row. A mail leaves by lease: who sends takes the row for ten minutes, and marks it when the mail has left.
"""

import datetime
from collections.abc import Iterator

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from commons.people.models import User
from events.enums import TAKES_PLACE, Answer, BlockKind, Notice, SeatStatus, Status
from events.models import Block, Occurrence, Seat, Told
from events.recurrence import instant

logger = structlog.get_logger(__name__)
WEEK, DAY, HOUR = datetime.timedelta(days=7), datetime.timedelta(days=1), datetime.timedelta(hours=1)
LEASE = datetime.timedelta(minutes=10)
BEFORE = ((Notice.WEEK, WEEK, DAY), (Notice.DAY, DAY, HOUR), (Notice.HOUR, HOUR, datetime.timedelta(0)))
CONFIRM = ((Notice.CONFIRM, 10, 5), (Notice.CONFIRM_AGAIN, 5, 3))
MOST_AT_ONCE = 500
DECIDED = Q(kind=BlockKind.DECISION, is_removed=False, review_date__isnull=False)


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
    due = Block.objects.filter(DECIDED, review_date__gt=about - WEEK, review_date__lte=about + DAY).select_related(
        "minutes__occurrence__series"
    )
    for block in due.prefetch_related("minutes__occurrence__series__facilitators").order_by("pk"):
        occurrence = block.minutes.occurrence
        since = review_instant(block)
        for user_id in _hosts_of(occurrence) if since <= now else ():
            yield Told(occurrence=occurrence, user_id=user_id, kind=Notice.REVIEW, start=since)


def review_instant(block: Block) -> datetime.datetime:
    """Return when a decision is to be looked at again."""
    assert block.review_date is not None  # noqa: S101 - asked of decisions with a date only
    morning = datetime.datetime.combine(block.review_date, datetime.time(8))
    return instant(morning, block.minutes.occurrence.series.timezone)


def _hosts_of(occurrence: Occurrence) -> list[int]:
    hosts = {occurrence.series.created_by_id, *(person.pk for person in occurrence.series.facilitators.all())}
    return sorted(pk for pk in hosts if pk)


def _row(occurrence: Occurrence, user_id: int, kind: str) -> Told:
    return Told(occurrence=occurrence, user_id=user_id, kind=kind, start=occurrence.starts_at)


def note(*, occurrence: Occurrence, user_id: int, kind: str) -> None:
    """Write that one thing is to be told to one person now."""
    Told.objects.bulk_create([_row(occurrence, user_id, kind)], ignore_conflicts=True)


def send_noted(*, now: datetime.datetime) -> int:
    """Send what is noted and not sent yet; return how many mails left.

    Nothing is said any more of what was cancelled, moved, or answered no to: such a row is closed without a mail.
    A mail that fails is tried again after its lease.
    """
    waiting = Told.objects.filter(sent_at=None, claimed_until__lte=now).order_by("pk")
    return sum(_send(pk, now) for pk in list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE]))


def _send(pk: int, now: datetime.datetime) -> bool:
    free = Told.objects.filter(pk=pk, sent_at=None, claimed_until__lte=now)
    if not free.update(claimed_until=now + LEASE):
        return False
    row = Told.objects.select_related("occurrence__series", "user").get(pk=pk)
    is_said = _still_true(row)
    if is_said:
        try:
            _mail(row)
        except Exception:
            logger.exception("mail_failed", told=pk)
            return False
    with transaction.atomic():
        Told.objects.filter(pk=pk).update(sent_at=now)
    return is_said


def _still_true(row: Told) -> bool:
    occurrence = row.occurrence
    if row.kind == Notice.REVIEW:
        decided = Block.objects.filter(DECIDED, minutes__occurrence=occurrence).select_related(
            "minutes__occurrence__series"
        )
        return row.user.is_active and any(review_instant(block) == row.start for block in decided)
    if not row.user.is_active or occurrence.starts_at != row.start:
        return False
    if row.kind == Notice.POSTPONED:
        return occurrence.status == Status.POSTPONED
    if row.kind in (Notice.CONFIRM, Notice.CONFIRM_AGAIN):
        return occurrence.is_tentative
    seat = occurrence.seats.filter(user=row.user).exclude(answer=Answer.NO).first()
    return occurrence.takes_place and seat is not None


def _mail(row: Told) -> None:
    occurrence, person = row.occurrence, row.user
    with translation.override(person.language):
        subject = f"[Commons] {occurrence.shown_title} : {row.get_kind_display()}"
        body = render_to_string("events/mails/told.txt", _context(row, person))
    identifier = f"<told-{row.pk}@{settings.SITE_URL.split('://')[1].split(':')[0]}>"
    EmailMessage(" ".join(subject.split()), body, None, [person.email], headers={"Message-ID": identifier}).send()


def _context(row: Told, person: User) -> dict[str, object]:
    occurrence = row.occurrence
    return {
        "person": person,
        "occurrence": occurrence,
        "said": _said(row.kind),
        "link": occurrence.shown_link if row.kind in (Notice.DAY, Notice.HOUR) and _has_seat(row) else "",
        "site": settings.SITE_URL,
    }


def _has_seat(row: Told) -> bool:
    return row.occurrence.seats.filter(user=row.user, status=SeatStatus.GOING).exists()


def _said(kind: str) -> str:
    return {
        Notice.WEEK: _("L’atelier a lieu dans une semaine."),
        Notice.DAY: _("L’atelier a lieu demain."),
        Notice.HOUR: _("L’atelier commence dans une heure."),
        Notice.TRACE: _("Qu’en retenez-vous ? Une phrase dans le compte rendu suffit : c’est votre trace."),
        Notice.PROMOTED: _("Une place s’est libérée : elle est à vous. Confirmez-la sur la page de l’atelier."),
        Notice.CONFIRM: _("Aura-t-il lieu ? Confirmez-le sur sa page ; sans réponse, il sera reporté à trois jours."),
        Notice.CONFIRM_AGAIN: _("Personne ne l’a encore confirmé : sans réponse, il sera reporté à trois jours."),
        Notice.REVIEW: _("Une décision prise à cette séance est à revoir aujourd’hui : tient-elle toujours ?"),
        Notice.POSTPONED: _("L’atelier est reporté, sans nouvelle date pour l’instant."),
    }[Notice(kind)]
