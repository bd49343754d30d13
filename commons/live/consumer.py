"""Owns what Channels hands to a live room, forwarded without a hop through its shared thread."""

from typing import Any, ClassVar

from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer

from commons.live.visit import Visit


class RoomConsumer(AsyncConsumer):
    """A socket in one room. A subclass says who is admitted, and does what a command says, each in a thread."""

    channel_layer_alias = ""  # the hub subscribes for all sockets of the process
    commands: ClassVar[frozenset[str]] = frozenset()
    room = ""

    def __init__(self) -> None:
        self.visit = Visit(self)

    def admit(self, user: Any) -> dict[str, Any]:
        """Set `room` and return the first frame, or refuse by raising."""
        raise NotImplementedError

    def beat(self) -> dict[str, str]:
        """Return the room's heartbeat, by language; for the whole room."""
        raise NotImplementedError

    def perform(self, user: Any, command: str, data: dict[str, Any]) -> dict[str, Any]:
        """Do what one of `commands` says and return the answer; an empty one is not sent."""
        raise NotImplementedError

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Handle what the server hands in."""
        kind = message["type"]
        if kind == "websocket.connect":
            await self.visit.enter()
        elif kind == "websocket.receive":
            await self.visit.take(message.get("text") or "")
        else:
            await self.visit.leave()
            raise StopConsumer
