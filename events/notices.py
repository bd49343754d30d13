"""What the events app tells people: reminders, seats that came free, what facilitators must confirm, what is due."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons.notices.kinds import Kind, News, Shown, Subject, add_kinds, add_subjects
from commons.notices.outbox import listen
from commons.people.models import User
from events.enums import TAKES_PLACE, Answer, Notice, SeatStatus, Status
from events.models import Block, Told
from events.queries import decisions_reviewed, occurrences_visible_to, review_instant
from events.recurrence.words import date_words, time_words
from events.signals import BlockDue, PersonToTell

REMINDER, SEAT, HOSTING, REVIEW, DUE = "reminder", "seat", "hosting", "decision_review", "due"
KIND_OF = {
    Notice.WEEK: REMINDER,
    Notice.DAY: REMINDER,
    Notice.HOUR: REMINDER,
    Notice.TRACE: REMINDER,
    Notice.PROMOTED: SEAT,
    Notice.POSTPONED: SEAT,
    Notice.CONFIRM: HOSTING,
    Notice.CONFIRM_AGAIN: HOSTING,
    Notice.REVIEW: REVIEW,
}


def _occurrences(user: Any, ids: Sequence[str]) -> dict[str, Shown]:
    rows = occurrences_visible_to(user).filter(pk__in=ids)
    return {str(row.pk): Shown(row.shown_title, row.get_absolute_url()) for row in rows}


def _to_tell(fact: PersonToTell) -> Iterator[News]:
    """Tell each thing apart: a reminder is no news that may wait for another one to be read."""
    row = Told.objects.filter(pk=fact.told_id).first()
    if row is not None:
        subject = f"occurrence:{row.occurrence_id}#{row.pk}"
        yield News(KIND_OF[Notice(row.kind)], subject, User.objects.filter(pk=row.user_id), detail=str(row.pk))


def _due(fact: BlockDue) -> Iterator[News]:
    block = Block.objects.select_related("minutes").filter(pk=fact.block_id, owner__isnull=False).first()
    if block is not None:
        subject = f"occurrence:{block.minutes.occurrence_id}#due-{block.pk}"
        yield News(DUE, subject, User.objects.filter(pk__in=[block.owner_id]), detail=str(block.pk))


def _row(notice: Any) -> Told:
    return Told.objects.select_related("occurrence__series").get(pk=notice.detail)


def _still_true(notice: Any) -> bool:
    """Say nothing any more of what was cancelled or moved, nor to who answered no meanwhile."""
    row = Told.objects.select_related("occurrence__series").filter(pk=notice.detail).first()
    if row is not None and row.kind == Notice.REVIEW:
        decided = decisions_reviewed().filter(minutes__occurrence=row.occurrence)
        return any(review_instant(block) == row.start for block in decided)
    if row is None or row.occurrence.starts_at != row.start:
        return False
    occurrence = row.occurrence
    if row.kind == Notice.POSTPONED:
        return occurrence.status == Status.POSTPONED
    if row.kind in (Notice.CONFIRM, Notice.CONFIRM_AGAIN):
        return occurrence.is_tentative
    seat = occurrence.seats.filter(user=row.user_id).exclude(answer=Answer.NO).first()
    return occurrence.status in TAKES_PLACE and seat is not None


def _sentence(notice: Any, title: str) -> str:
    kind = Told.objects.filter(pk=notice.detail).values_list("kind", flat=True).first()
    return _("%(title)s : %(what)s") % {"title": title, "what": Notice(kind).label if kind else ""}


def _text(notice: Any, _since: datetime.datetime | None) -> str:
    row = _row(notice)
    occurrence = row.occurrence
    start = occurrence.local_start
    where = occurrence.shown_place
    parts = [_said(row.kind), f"{date_words(start.date())}, {time_words(start)} ({occurrence.series.timezone})", where]
    if row.kind in (Notice.DAY, Notice.HOUR) and occurrence.shown_link and _has_seat(row):
        parts.append(_("Rejoindre : %(link)s") % {"link": occurrence.shown_link})
    return "\n".join(part for part in parts if part)


def _has_seat(row: Told) -> bool:
    return row.occurrence.seats.filter(user=row.user_id, status=SeatStatus.GOING).exists()


def _said(kind: str) -> str:
    return {
        Notice.WEEK: _("L’atelier a lieu dans une semaine."),
        Notice.DAY: _("L’atelier a lieu demain."),
        Notice.HOUR: _("L’atelier commence dans une heure."),
        Notice.TRACE: _("Qu’en retenez-vous ? Une phrase dans le compte rendu suffit : c’est votre trace."),
        Notice.PROMOTED: _("Une place s’est libérée : elle est à vous. Confirmez-la sur la page de l’atelier."),
        Notice.CONFIRM: _("Aura-t-il lieu ? Confirmez-le sur sa page ; sans réponse, il sera reporté à trois jours."),
        Notice.CONFIRM_AGAIN: _("Personne ne l’a encore confirmé : sans réponse, il sera reporté à trois jours."),
        Notice.REVIEW: _("Une décision prise à cette séance est à revoir aujourd’hui : tient-elle toujours ?"),
        Notice.POSTPONED: _("L’atelier est reporté, sans nouvelle date pour l’instant."),
    }[Notice(kind)]


def _still_due(notice: Any) -> bool:
    open_blocks = Block.objects.filter(is_done=False, is_removed=False, owner=notice.user_id)
    return open_blocks.filter(pk=notice.detail).exists()


def _said_due(_notice: Any, title: str) -> str:
    return _("À faire pour bientôt, décidé à « %(title)s »") % {"title": title}


def _due_text(notice: Any, _since: datetime.datetime | None) -> str:
    block = Block.objects.get(pk=notice.detail)
    return f"{block.text}\n{date_words(block.due_date)}" if block.due_date else block.text


def _told(code: str, label: Any) -> Kind:
    return Kind(code, label, _sentence, body=_text, holds=_still_true)


def register() -> None:
    """Make what the events app tells known."""
    add_subjects(Subject("occurrence", gettext_lazy("Atelier"), _occurrences))
    add_kinds(
        _told(REMINDER, gettext_lazy("Rappel d’un atelier où je viens")),
        _told(SEAT, gettext_lazy("Ma place à un atelier change")),
        _told(REVIEW, gettext_lazy("Une décision de mes ateliers est à revoir")),
        _told(HOSTING, gettext_lazy("Un atelier que j’anime est à confirmer")),
        Kind(
            DUE,
            gettext_lazy("Une décision que je porte arrive à échéance"),
            _said_due,
            body=_due_text,
            holds=_still_due,
        ),
    )
    listen(PersonToTell, _to_tell)
    listen(BlockDue, _due)
