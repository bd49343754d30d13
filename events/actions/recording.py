"""Owns the one way a room changes: under the lock of its meeting, with the next number."""

from commons.bus import publish
from events.enums import Change
from events.models import Event, Occurrence, Room
from events.signals import RoomChanged


def room_under_lock(locked: Occurrence) -> Room:
    """Return the room of a meeting that is locked until the end of the transaction, as it is now."""
    room, _is_new = Room.objects.get_or_create(occurrence=locked)
    room.occurrence = locked
    return room


def record(room: Room, kind: Change, **rows: int) -> int:
    """Give a change of a locked room its number, save the room, keep the change, and tell it on commit.

    `rows` names what changed by its numbers: no text and no person is ever written in a change.
    """
    room.last_seq += 1
    room.save()
    Event.objects.create(room=room, seq=room.last_seq, kind=kind, payload=rows)
    publish(RoomChanged(room.occurrence_id, room.last_seq))
    return room.last_seq


def record_in(locked: Occurrence, kind: Change, **rows: int) -> int:
    """Record, in the room of a locked meeting, a change of what the room shows and other pages change too."""
    return record(room_under_lock(locked), kind, **rows)
