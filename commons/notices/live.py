"""The live room of a person: their bell. A frame says how many notices are unread, never what they say."""

from typing import Any, ClassVar

from commons.errors import NotFound
from commons.live.consumer import RoomConsumer
from commons.live.frames import text_of
from commons.notices.bells import frame, room_of_person
from commons.people.rules import is_signed_in


class NoticesConsumer(RoomConsumer):
    """A page that is open somewhere: it only listens."""

    commands: ClassVar[frozenset[str]] = frozenset({"ping"})
    person: Any = None

    def admit(self, user: Any) -> dict[str, Any]:
        """Let a person into their own room; a visitor has none."""
        if not is_signed_in(user):
            raise NotFound
        self.person = user
        self.room = room_of_person(user.pk)
        return frame(user)

    def beat(self) -> dict[str, str]:
        """Say the number again: a page that missed a frame is right again."""
        return {"": text_of(frame(self.person))}

    def perform(self, user: Any, command: str, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - the room's signature
        """Answer."""
        return {"type": "pong"}
