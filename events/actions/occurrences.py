"""Writes occurrences: moving one, cancelling, postponing, going online, confirming, splitting the series there."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.people.models import User
from commons.permissions import require
from events.actions.dates import place_in_time, realign
from events.actions.promoting import promote
from events.actions.recording import record_in
from events.actions.series import change_series, clean_agenda, touch
from events.actions.threads import align_threads, opened_thread
from events.actions.values import check, clean_text, cleaned, clock_text
from events.enums import Change, Format, Status
from events.models import Occurrence, Series
from events.models.series import new_id
from events.recurrence import instant
from events.signals import OccurrenceChanged, SeriesChanged
from forum.models import Thread

OWN = ("title", "start", "duration_minutes", "format", "place", "join_link", "agenda", "seats_onsite", "seats_online")
TOLD = ("start", "duration_minutes", "shown_format", "shown_place", "shown_link", "status")


def locked_occurrence(*, by: User, occurrence: Occurrence, permission: str) -> Occurrence:
    """Return the occurrence as it is now, locked with its series, to a person who may do this to it."""
    locked = occurrence_under_lock(occurrence)
    require(by, permission, locked, see="events.view_occurrence")
    return locked


def occurrence_under_lock(occurrence: Occurrence) -> Occurrence:
    """Return the occurrence as it is now, locked with its series."""
    series = Series.objects.select_for_update(of=("self",)).get(pk=occurrence.series_id)
    locked = Occurrence.objects.select_for_update(of=("self",)).get(pk=occurrence.pk)
    locked.series = series
    return locked


@transaction.atomic
def change_occurrence(*, by: User, occurrence: Occurrence, values: Mapping[str, Any]) -> Occurrence:
    """Change this meeting only. Another `start`, at its series' wall clock, reschedules it and ends a postponement."""
    locked = locked_occurrence(by=by, occurrence=occurrence, permission="events.change_occurrence")
    before = told(locked)
    values = cleaned(values, OWN)
    for name in OWN:
        if name in values and name not in ("start", "duration_minutes"):
            setattr(locked, name, values[name])
    locked.agenda = clean_agenda(locked.agenda)
    if "start" in values or "duration_minutes" in values:
        _move(locked, values)
    check(locked, without=("series", "confirmed_by"))
    locked.is_overridden = True
    saved(locked, before)
    if "agenda" in values:
        record_in(locked, Change.AGENDA_CHANGED)
    promote(locked)
    return locked


def _move(occurrence: Occurrence, values: Mapping[str, Any]) -> None:
    if occurrence.status == Status.CANCELLED:
        raise Conflict(_("Cette séance est annulée : rétablissez-la d’abord."), code="cancelled")
    start = clock_text(values.get("start", occurrence.start), "start")
    minutes = values.get("duration_minutes", occurrence.duration_minutes)
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 5 <= minutes <= 7 * 24 * 60:  # noqa: PLR2004 - the bounds of series
        raise Invalid({"duration_minutes": [_("De 5 minutes à une semaine.")]})
    is_moved = start != occurrence.start
    place_in_time(occurrence, start, minutes)
    if is_moved or (occurrence.status == Status.POSTPONED and "start" in values):
        occurrence.status = Status.RESCHEDULED if start != occurrence.recurrence_id else Status.SCHEDULED
        occurrence.reason = ""


def told(occurrence: Occurrence) -> tuple[Any, ...]:
    """Return what calendars must learn a change of."""
    return (*(getattr(occurrence, name) for name in TOLD), occurrence.confirmed_at is None)


def saved(occurrence: Occurrence, before: tuple[Any, ...]) -> Occurrence:
    """Keep the occurrence; raise its SEQUENCE above its series' when calendars must learn of the change."""
    occurrence.updated_at = timezone.now()
    if before != told(occurrence):
        occurrence.sequence = occurrence.shown_sequence + 1
        occurrence.revised_at = occurrence.updated_at
    occurrence.save()
    align_threads(occurrence.series, Occurrence.objects.filter(pk=occurrence.pk))
    publish(OccurrenceChanged(occurrence.pk, occurrence.series_id))
    return occurrence


@transaction.atomic
def open_thread(*, by: User, occurrence: Occurrence) -> Thread:
    """Return the meeting's thread, opened now if nobody needed it before. For who takes part."""
    locked = locked_occurrence(by=by, occurrence=occurrence, permission="events.take_part")
    thread = opened_thread(locked)
    if thread is None:
        raise Conflict(_("Cette séance n’a plus de réseau, donc plus d’espace où discuter."), code="no_space")
    return thread


@transaction.atomic
def set_status(*, by: User, occurrence: Occurrence, status: str, reason: str = "") -> Occurrence:
    """Cancel, postpone without a new date, move online, or restore (`scheduled`); the reason is shown to everybody.

    `rescheduled` is what a new start gives: see `change_occurrence`.
    """
    locked = locked_occurrence(by=by, occurrence=occurrence, permission="events.change_occurrence")
    if status not in Status.values or status == Status.RESCHEDULED:
        raise Invalid({"status": [_("Choisissez dans la liste.")]})
    if status == Status.MOVED_ONLINE and locked.series.format == Format.ONLINE:
        raise Invalid({"status": [_("Cette séance est déjà en ligne.")]})
    before = told(locked)
    is_moved = status == Status.SCHEDULED and locked.start != locked.recurrence_id
    locked.status = Status.RESCHEDULED if is_moved else status
    locked.reason = clean_text(reason)[:300]
    return saved(locked, before)


@transaction.atomic
def confirm_occurrence(*, by: User, occurrence: Occurrence) -> Occurrence:
    """Say that the meeting will take place; it is no longer tentative. Saying it again changes nothing."""
    locked = locked_occurrence(by=by, occurrence=occurrence, permission="events.change_occurrence")
    if locked.confirmed_at is not None:
        return locked
    if not locked.takes_place:
        raise Conflict(_("Cette séance n’a pas lieu : donnez-lui d’abord une date."), code="not_taking_place")
    before = told(locked)
    locked.confirmed_at, locked.confirmed_by = timezone.now(), by
    return saved(locked, before)


@transaction.atomic
def change_following(*, by: User, occurrence: Occurrence, values: Mapping[str, Any]) -> Series:
    """Split the series: this meeting and the following ones become a series of their own, changed as asked.

    The old series ends before (UNTIL), the new one has its own UID and says where it comes from (RELATED-TO). The rows
    go over with their seats and traces; a meeting that was moved keeps its move.
    """
    locked = locked_occurrence(by=by, occurrence=occurrence, permission="events.change_occurrence")
    old = locked.series
    cut = datetime.datetime.fromisoformat(locked.recurrence_id)
    new = _second_half(old, cut)
    if old.schedule.start >= cut:
        raise Conflict(_("C’est la première séance : changez toute la série."), code="first_occurrence")
    _end_before(old, cut)
    new.save(force_insert=True)
    new.facilitators.set(old.facilitators.all())
    old.occurrences.filter(recurrence_id__gte=locked.recurrence_id).update(series=new, updated_at=timezone.now())
    realign(new)
    change_series(by=by, series=new, values=values)
    publish(SeriesChanged(old.pk))
    return new


def _second_half(old: Series, cut: datetime.datetime) -> Series:
    """Return the unsaved series that goes on from `cut`: the same in all but its dates before."""
    text = cut.isoformat()
    schedule = old.schedule
    new = Series(
        **{
            field.attname: getattr(old, field.attname)
            for field in Series._meta.concrete_fields
            if field.name not in ("id", "sequence", "created_at", "revised_at", "updated_at")
        }
    )
    new.pk, new.split_from, new.start = new_id(), old, text
    new.skipped = [date for date in old.skipped if date >= text]
    new.extra = [date for date in old.extra if date > text]
    if schedule.rule and schedule.rule.count:
        done = sum(1 for _start in schedule.rule_starts(cut))
        new.rrule = new.rrule.replace(f"COUNT={schedule.rule.count}", f"COUNT={schedule.rule.count - done}")
    return new


def _end_before(old: Series, cut: datetime.datetime) -> None:
    text = cut.isoformat()
    rule = old.schedule.rule
    if rule:
        old.rrule = str(rule.ending(instant(cut, old.timezone) - datetime.timedelta(seconds=1)))
    old.skipped = [date for date in old.skipped if date < text]
    old.extra = [date for date in old.extra if date < text]
    touch(old, is_told=True)
    old.save()
