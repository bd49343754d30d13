"""Owns what every live room is to a socket: admission, commands, limits, leaving."""

import asyncio
import json
import time
from typing import Any, ClassVar

from asgiref.sync import ThreadSensitiveContext
from channels.consumer import AsyncConsumer
from channels.db import database_sync_to_async
from channels.exceptions import StopConsumer
from django.conf import settings
from django.utils import translation
from uvicorn.protocols.utils import ClientDisconnected

from commons.errors import CommonsError, Invalid, TooMany
from commons.live.frames import presence, text_of
from commons.live.hub import hub
from commons.live.sockets import Outlet

FRAME_LIMIT = 64_000
COMMANDS_PER_SECOND, BURST = 10.0, 20.0
NOT_ADMITTED, TOO_MANY_SOCKETS = 4404, 4429


class RoomConsumer(AsyncConsumer):
    """A socket in one room. A subclass says who is admitted, and does what a command says.

    Frames are forwarded without a thread hop; each piece of database work runs in a thread of its own, so a slow one
    delays no other socket. The person is asked for again at every recheck, so that a sign-out, a revoked key or
    a lost membership ends the socket.
    """

    channel_layer_alias = ""  # the hub subscribes for all sockets of the process
    commands: ClassVar[frozenset[str]] = frozenset()
    room = ""
    person_id: int | None = None
    name = ""
    language = "fr"
    outlet: Outlet | None = None
    user: Any = None

    def admit(self, user: Any) -> dict[str, Any]:
        """Set `room` and return the first frame, or refuse by raising; called in a thread."""
        raise NotImplementedError

    def beat(self) -> dict[str, str]:
        """Return the room's heartbeat, by language; called in a thread, for the whole room."""
        raise NotImplementedError

    def perform(self, user: Any, command: str, data: dict[str, Any]) -> dict[str, Any]:
        """Do what one of `commands` says and return the answer; called in a thread."""
        raise NotImplementedError

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Handle what the server hands in, without Channels' hop through the shared thread."""
        kind = message["type"]
        if kind == "websocket.connect":
            await self._connected()
        elif kind == "websocket.receive":
            await self._received(message.get("text") or "")
        else:
            await self._gone()

    async def _connected(self) -> None:
        self._allowance, self._at = BURST, time.monotonic()
        try:
            hello = await self._in_thread(self._admit)
        except CommonsError:
            await self.send({"type": "websocket.close", "code": NOT_ADMITTED})
            return
        if self.person_id is not None and self._open_sockets() >= settings.SOCKETS_PER_PERSON:
            await self.send({"type": "websocket.close", "code": TOO_MANY_SOCKETS})
            return
        await self.send({"type": "websocket.accept"})
        self.outlet = Outlet(self.send)
        self.outlet.task.add_done_callback(self._ended)
        room = await hub().join(self.room, self, self.beat)
        # Read again: what happened between the admission and the subscription is in neither.
        hello = await self._in_thread(self._admit)
        self.offer(text_of(hello))
        self.offer(presence(self.room, room.present()))
        hub().spawn(hub().announce(self.room))

    def _open_sockets(self) -> int:
        return sum(one.person_id == self.person_id for one in hub().listeners())

    def _admit(self) -> dict[str, Any]:
        self.user = self.scope["person"]()
        self.person_id = self.user.pk if self.user.is_authenticated else None
        self.name = self.user.public_name if self.person_id and self.user.shows_presence else ""
        self.language = self.scope["language"] or getattr(self.user, "language", "") or settings.LANGUAGE_CODE
        return self.admit(self.user)

    async def _in_thread(self, function: Any, *args: Any) -> Any:
        async with ThreadSensitiveContext():
            return await database_sync_to_async(self._in_language)(function, *args)

    def _in_language(self, function: Any, *args: Any) -> Any:
        with translation.override(self.language):
            return function(*args)

    def offer(self, text: str) -> None:
        """Take a frame for this socket."""
        if self.outlet is not None:
            self.outlet.offer(text)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Look at how writing ended: a client that left meanwhile is no failure."""
        if not task.cancelled() and (error := task.exception()) and not isinstance(error, ClientDisconnected):
            raise error

    async def _received(self, text: str) -> None:
        frame: dict[str, Any] = {}
        try:
            self._spend()
            frame = _parsed(text)
            command = frame.get("type")
            if command not in self.commands:
                raise Invalid({"type": ["unknown"]}, code="unknown_command")
            answer = await self._in_thread(self._perform, command, frame)
        except CommonsError as error:
            answer = _refusal(error)
        if answer:
            self.offer(text_of(answer | {k: frame[k] for k in ("client_id",) if isinstance(frame.get(k), str)}))

    def _perform(self, command: str, frame: dict[str, Any]) -> dict[str, Any]:
        return self.perform(self.user, command, frame)

    def _spend(self) -> None:
        now = time.monotonic()
        self._allowance = min(BURST, self._allowance + (now - self._at) * COMMANDS_PER_SECOND)
        self._at = now
        if self._allowance < 1:
            raise TooMany
        self._allowance -= 1

    def recheck(self) -> None:
        """Ask again whether this person may be here; leave at once if not."""
        hub().spawn(self._recheck())

    async def _recheck(self) -> None:
        try:
            await self._in_thread(self._admit)
        except CommonsError:
            await self._leave()
            await self.send({"type": "websocket.close", "code": NOT_ADMITTED})

    async def _gone(self) -> None:
        await self._leave()
        raise StopConsumer

    async def _leave(self) -> None:
        outlet, self.outlet = self.outlet, None
        if outlet is None:
            return
        outlet.task.cancel()
        await hub().leave(self.room, self)
        hub().spawn(hub().announce(self.room))


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > FRAME_LIMIT:
        raise Invalid({"": [f"{FRAME_LIMIT}"]}, code="frame_too_long")
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid({"": ["JSON"]}, code="not_json") from error
    if not isinstance(frame, dict):
        raise Invalid({"": ["JSON"]}, code="not_json")
    return frame


def _refusal(error: CommonsError) -> dict[str, Any]:
    fields = getattr(error, "fields", {})
    return {
        "type": "error",
        "code": error.code,
        "message": str(error.message),
        "errors": [{"field": name, "detail": str(m)} for name, messages in fields.items() for m in messages],
    }
