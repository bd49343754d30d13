"""The live room of a meeting: who may listen, and the frames of its changes."""

from typing import Any, ClassVar

from django.utils import timezone

from commons.errors import NotFound
from commons.live.broadcast import broadcast_in_languages
from commons.live.consumer import RoomConsumer
from commons.live.frames import text_of
from commons.permissions import require
from events.api.frames import Frames
from events.models import Event, Room
from events.queries import occurrences_visible_to, room_of


def room_of_occurrence(pk: int) -> str:
    """Return the name of a meeting's room."""
    return f"occurrence.{pk}"


def broadcast_room_event(event: Event) -> None:
    """Tell a meeting's room of a change: built once in each language, whoever listens."""
    broadcast_in_languages(room_of_occurrence(event.room.occurrence_id), lambda: Frames(event.room).of(event))


class OccurrenceConsumer(RoomConsumer):
    """Somebody in the room of a meeting. Everything is done by the pages and the API; a socket only listens."""

    commands: ClassVar[frozenset[str]] = frozenset({"ping"})
    occurrence_id = 0

    def admit(self, user: Any) -> dict[str, Any]:
        """Let in who may enter the room, and say where it stands."""
        self.occurrence_id = self.scope["url_route"]["kwargs"]["pk"]
        occurrence = occurrences_visible_to(user).filter(pk=self.occurrence_id).first()
        if occurrence is None:
            raise NotFound
        require(user, "events.view_room", occurrence)
        self.room = room_of_occurrence(self.occurrence_id)
        return self._stands("hello", room_of(occurrence).last_seq)

    def beat(self) -> dict[str, str]:
        """Say the room's last number: who missed the last frame notices."""
        last_seq = Room.objects.filter(occurrence=self.occurrence_id).values_list("last_seq", flat=True).first()
        return {"": text_of(self._stands("heartbeat", last_seq or 0))}

    def perform(self, user: Any, command: str, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - the base's signature
        """Answer a sign of life."""
        return {"type": "pong"}

    def _stands(self, kind: str, last_seq: int) -> dict[str, Any]:
        """Return the last number, and what time it is here: clocks of readers differ."""
        return {"type": kind, "occurrence": self.occurrence_id, "last_seq": last_seq, "now": timezone.now()}
