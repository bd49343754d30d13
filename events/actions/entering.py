"""Owns who may change a room, and when: the room of a locked meeting, or a refusal."""

from django.utils.translation import gettext as _

from commons.errors import Conflict
from commons.people.models import User
from events.actions.occurrences import locked_occurrence
from events.actions.recording import room_under_lock
from events.enums import RoomState
from events.models import Occurrence, Room


def locked_room(*, by: User, occurrence: Occurrence, permission: str = "events.speak_in_room") -> Room:
    """Return the room of a meeting, locked until the end of the transaction, to a person who may do this in it."""
    return room_under_lock(locked_occurrence(by=by, occurrence=occurrence, permission=permission))


def open_room_of(*, by: User, occurrence: Occurrence, permission: str = "events.speak_in_room") -> Room:
    """Return the locked room; refuse while it is not open."""
    room = locked_room(by=by, occurrence=occurrence, permission=permission)
    if room.state != RoomState.OPEN:
        raise Conflict(_("La salle n’est pas ouverte."), code="room_not_open")
    return room
