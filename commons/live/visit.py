"""Owns one socket's stay in a room: admission, commands, rechecks, leaving."""

import asyncio
from typing import Any, Protocol

from asgiref.sync import ThreadSensitiveContext
from channels.db import database_sync_to_async
from django.conf import settings
from django.utils import translation
from uvicorn.protocols.utils import ClientDisconnected

from commons.errors import CommonsError, Invalid
from commons.live.commands import Allowance, parsed, refusal
from commons.live.frames import presence, text_of
from commons.live.hub import hub
from commons.live.sockets import Outlet

NOT_ADMITTED, TOO_MANY_SOCKETS = 4404, 4429


class Host(Protocol):
    """What an app says of its room; each is called in a thread."""

    scope: Any
    room: str
    commands: Any

    async def send(self, message: dict[str, Any]) -> None:
        """Hand a message to the server."""

    def admit(self, user: Any) -> dict[str, Any]:
        """Set `room` and return the first frame, or refuse by raising."""

    def beat(self) -> dict[str, str]:
        """Return the room's heartbeat, by language."""

    def perform(self, user: Any, command: str, data: dict[str, Any]) -> dict[str, Any]:
        """Do what one of `commands` says and return the answer."""


class Visit:
    """One socket in one room.

    Each piece of database work runs in a thread of its own, so a slow one delays no other socket. The person is asked
    for again at every recheck, so that a sign-out, a revoked key or a lost membership ends the visit.
    """

    def __init__(self, host: Host) -> None:
        self.host = host
        self.user: Any = None
        self.person_id: int | None = None
        self.name = ""
        self.language = settings.LANGUAGE_CODE
        self._outlet: Outlet | None = None
        self._allowance = Allowance()

    async def enter(self) -> None:
        """Admit and subscribe, or close."""
        try:
            await self._in_thread(self._admit)
        except CommonsError:
            await self._close(NOT_ADMITTED)
            return
        if self.person_id is not None and self._open_sockets() >= settings.SOCKETS_PER_PERSON:
            await self._close(TOO_MANY_SOCKETS)
            return
        await self.host.send({"type": "websocket.accept"})
        self._outlet = Outlet(self.host.send)
        self._outlet.task.add_done_callback(_ended)
        room = await hub().join(self.host.room, self, self.host.beat)
        # Read again: what happened between the admission and the subscription is in neither.
        self.offer(text_of(await self._in_thread(self._admit)))
        self.offer(presence(self.host.room, room.present()))
        self._tell_presence()

    def _tell_presence(self) -> None:
        if self.name:
            hub().announce_soon(self.host.room)

    def offer(self, text: str) -> None:
        """Take a frame for this socket."""
        if self._outlet is not None:
            self._outlet.offer(text)

    async def take(self, text: str) -> None:
        """Do what a frame from the client says, and answer it."""
        frame: dict[str, Any] = {}
        try:
            self._allowance.spend()
            frame = parsed(text)
            command = frame.get("type")
            if command not in self.host.commands:
                raise Invalid({"type": ["unknown"]}, code="unknown_command")
            answer = await self._in_thread(self.host.perform, self.user, command, frame)
        except CommonsError as error:
            answer = refusal(error)
        if answer:
            asked = frame.get("client_id")
            self.offer(text_of(answer | ({"client_id": asked} if isinstance(asked, str) else {})))

    def recheck(self) -> None:
        """Ask again whether this person may be here; leave at once if not."""
        hub().spawn(self._recheck())

    def finish(self) -> None:
        """Leave it to the server, which closes sockets with 1012: come back, to another process."""

    async def leave(self) -> None:
        """Stop hearing the room; leaving twice changes nothing."""
        outlet, self._outlet = self._outlet, None
        if outlet is None:
            return
        outlet.task.cancel()
        await hub().leave(self.host.room, self)
        self._tell_presence()

    async def _recheck(self) -> None:
        try:
            await self._in_thread(self._admit)
        except CommonsError:
            await self.leave()
            await self._close(NOT_ADMITTED)

    def _admit(self) -> dict[str, Any]:
        self.user = self.host.scope["person"]()
        self.person_id = self.user.pk if self.user.is_authenticated else None
        self.name = self.user.public_name if self.person_id and self.user.shows_presence else ""
        self.language = self.host.scope["language"] or getattr(self.user, "language", "") or settings.LANGUAGE_CODE
        return self.host.admit(self.user)

    def _open_sockets(self) -> int:
        return sum(one.person_id == self.person_id for one in hub().listeners())

    async def _in_thread(self, function: Any, *args: Any) -> Any:
        async with ThreadSensitiveContext():
            return await database_sync_to_async(self._in_language)(function, *args)

    def _in_language(self, function: Any, *args: Any) -> Any:
        with translation.override(self.language):
            return function(*args)

    async def _close(self, code: int) -> None:
        await self.host.send({"type": "websocket.close", "code": code})


def _ended(task: asyncio.Task[None]) -> None:
    """Look at how writing ended: a client that left meanwhile is no failure."""
    if not task.cancelled() and (error := task.exception()) and not isinstance(error, ClientDisconnected):
        raise error
