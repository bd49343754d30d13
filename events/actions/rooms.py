"""Writes the room itself: opened, its agenda walked step by step, closed."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.errors import Conflict, Invalid
from commons.people.models import User
from events.actions.entering import locked_room, open_room_of
from events.actions.occurrences import occurrence_under_lock
from events.actions.polls import close_open_polls
from events.actions.recording import record, room_under_lock
from events.enums import Change, RoomState
from events.models import Occurrence, QuestionVote, Room
from events.queries.rooms import seconds_of_step

EARLY = datetime.timedelta(hours=12)
FORGOTTEN_AFTER = datetime.timedelta(hours=3)


@transaction.atomic
def open_room(*, by: User, occurrence: Occurrence) -> Room:
    """Open the room, on the day of a meeting that takes place; or again, when it was closed too soon.

    Opening an open room changes nothing.
    """
    room = locked_room(by=by, occurrence=occurrence, permission="events.run_room")
    if room.state == RoomState.OPEN:
        return room
    if not room.occurrence.takes_place:
        raise Conflict(_("Cette séance n’a pas lieu."), code="not_taking_place")
    if room.occurrence.starts_at - EARLY > timezone.now():
        raise Conflict(_("La salle s’ouvre douze heures avant la séance, au plus tôt."), code="too_early")
    room.opened_at, room.closed_at = room.opened_at or timezone.now(), None
    record(room, Change.ROOM_OPENED)
    return room


@transaction.atomic
def close_room(*, by: User, occurrence: Occurrence) -> Room:
    """Close the room: polls end with their counts, and every row that says who spoke or voted is deleted.

    So under the Chatham House rule nothing attributes after the session, and elsewhere nothing that nobody needs stays.
    Closing a closed room changes nothing.
    """
    room = locked_room(by=by, occurrence=occurrence, permission="events.run_room")
    if room.state == RoomState.OPEN:
        _close(room)
    return room


def close_forgotten_rooms(*, now: datetime.datetime) -> int:
    """Close the rooms that stay open three hours after the end of their meeting; return how many. By the worker."""
    left = Room.objects.filter(
        opened_at__isnull=False, closed_at__isnull=True, occurrence__ends_at__lte=now - FORGOTTEN_AFTER
    )
    return sum(_close_forgotten(pk) for pk in list(left.order_by("pk").values_list("occurrence_id", flat=True)))


@transaction.atomic
def _close_forgotten(pk: int) -> bool:
    room = room_under_lock(occurrence_under_lock(Occurrence.objects.get(pk=pk)))
    is_open = room.state == RoomState.OPEN
    if is_open:
        _close(room)
    return is_open


def _close(room: Room) -> None:
    _hold_step(room)
    close_open_polls(room)
    room.hands.all().delete()
    room.turns.all().delete()
    QuestionVote.objects.filter(question__room=room).delete()
    room.closed_at = timezone.now()
    record(room, Change.ROOM_CLOSED)


@transaction.atomic
def start_step(*, by: User, occurrence: Occurrence, step: int | None = None) -> Room:
    """Start a step of the agenda, by its place from 0, its clock at zero; the next one when none is named."""
    room = open_room_of(by=by, occurrence=occurrence, permission="events.run_room")
    wanted = step if step is not None else 0 if room.step is None else room.step + 1
    if not 0 <= wanted < len(room.occurrence.shown_agenda):
        raise Invalid({"step": [_("L’ordre du jour n’a pas cette étape.")]})
    room.step, room.step_began_at, room.step_spent_seconds = wanted, timezone.now(), 0
    record(room, Change.AGENDA_STEP)
    return room


@transaction.atomic
def pause_agenda(*, by: User, occurrence: Occurrence) -> Room:
    """Stop the clock of the current step; pausing twice changes nothing."""
    room = open_room_of(by=by, occurrence=occurrence, permission="events.run_room")
    if room.step_began_at is not None:
        _hold_step(room)
        record(room, Change.AGENDA_PAUSED)
    return room


def _hold_step(room: Room) -> None:
    room.step_spent_seconds, room.step_began_at = seconds_of_step(room), None


@transaction.atomic
def resume_agenda(*, by: User, occurrence: Occurrence) -> Room:
    """Let the clock of the current step run on; refused when no step has begun."""
    room = open_room_of(by=by, occurrence=occurrence, permission="events.run_room")
    if room.step is None:
        raise Conflict(_("Aucune étape n’a commencé."), code="no_step")
    if room.step_began_at is None:
        room.step_began_at = timezone.now()
        record(room, Change.AGENDA_RESUMED)
    return room
