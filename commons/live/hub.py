"""Owns the rooms of this process: who listens, and one subscription to the channel layer for them all.

A channel layer wakes whoever receives from it; waking one hub, which writes the ready text to its own sockets, costs
what the wire costs. Waking each socket's consumer costs ten times as much (docs/adr/0009-a-hub-per-process.md).
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

import structlog
from channels.db import database_sync_to_async
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.conf import settings

from commons.live.frames import presence
from commons.live.neighbours import Ear

logger = structlog.get_logger(__name__)

EVERYWHERE = "hubs"
PRESENCE_SECONDS = 0.5
"""Who came and went in this time is told at once: a thousand arrivals are not a million frames."""
FORGET_AFTER = 2.5
"""A process that says nothing for so many heartbeats is forgotten, with the people it had present."""

Beat = Callable[[], dict[str, str]]


class Listener(Protocol):
    """Somebody in a room: a socket, or a request that waits."""

    person_id: int | None
    name: str
    language: str

    def offer(self, text: str) -> None:
        """Take a frame, at once: a listener that is slow keeps what waits to itself."""

    def recheck(self) -> None:
        """Ask again whether one may listen, and leave if not."""

    def finish(self) -> None:
        """Come to an end: this process is about to."""


@dataclass
class Room:
    """Those who listen here, and who is present elsewhere, by process."""

    beat: Beat | None = None
    listeners: set[Listener] = field(default_factory=set)
    elsewhere: dict[str, tuple[float, list[Any]]] = field(default_factory=dict)
    told: list[dict[str, Any]] = field(default_factory=list)

    def here(self) -> list[list[Any]]:
        """Return the people who show themselves in this process, by name."""
        people = {(one.name, one.person_id) for one in self.listeners if one.person_id is not None and one.name}
        return [[pk, name] for name, pk in sorted(people)]

    def present(self) -> list[dict[str, Any]]:
        """Return the people present in every process, by name."""
        now = time.monotonic()
        told = [people for until, people in self.elsewhere.values() if until > now]
        everybody = {(name, pk) for people in (self.here(), *told) for pk, name in people}
        return [{"id": pk, "name": name} for name, pk in sorted(everybody)]


class Hub:
    """The rooms of one process (of one event loop)."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.rooms: dict[str, Room] = {}
        self.channel = ""
        self._starting: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._announcing: set[str] = set()
        self._to_say: dict[str, None] = {}
        self._saying: asyncio.Task[None] | None = None
        self._ear: Ear | None = None

    async def join(self, name: str, listener: Listener, beat: Beat | None = None) -> Room:
        """Let a listener hear a room from now on. `beat` tells, in each language, what the room's heartbeat says."""
        if self._starting is None:
            self._starting = self.spawn(self._start())
        await self._starting
        room = self.rooms.get(name)
        if room is None:
            room = self.rooms[name] = Room()
            room.listeners.add(listener)
            await layer().group_add(name, self.channel)
        room.listeners.add(listener)
        room.beat = beat or room.beat
        return room

    async def leave(self, name: str, listener: Listener) -> None:
        """Stop hearing a room; leaving twice changes nothing."""
        room = self.rooms.get(name)
        if room is None or listener not in room.listeners:
            return
        room.listeners.discard(listener)
        if not room.listeners:
            del self.rooms[name]
            await layer().group_discard(name, self.channel)

    def finish(self) -> None:
        """Let everybody know that this process ends; what waits is answered, sockets are closed by the server."""
        for listener in self.listeners():
            listener.finish()
        if self._ear is not None:
            self._ear.close()
            self._ear = None

    def listeners(self) -> Iterable[Listener]:
        """Yield everybody who listens in this process."""
        for room in list(self.rooms.values()):
            yield from list(room.listeners)

    def spawn(self, work: Any) -> asyncio.Task[Any]:
        """Run a coroutine beside; its failure is logged and stops nothing else."""
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            logger.error("live_task_failed", exc_info=error)

    def announce_soon(self, name: str) -> None:
        """Tell every process who is present here, once for all who come and go within half a second."""
        if name not in self._announcing:
            self._announcing.add(name)
            self.spawn(self._announce_later(name))

    async def _announce_later(self, name: str) -> None:
        await asyncio.sleep(PRESENCE_SECONDS)
        self._announcing.discard(name)
        await self._announce(name)

    async def _announce(self, name: str) -> None:
        room = self.rooms.get(name)
        people = room.here() if room else []
        await send(name, {"room": name, "from": self.channel, "present": people})

    async def _start(self) -> None:
        self.channel = await layer().new_channel("hub")
        await layer().group_add(EVERYWHERE, self.channel)
        if is_one_process():
            self._ear = Ear(self.loop, self.take)
        self.spawn(self._listen())
        self.spawn(self._keep_alive())

    async def _listen(self) -> None:
        while True:
            message = await layer().receive(self.channel)
            self.take(message)

    def take(self, message: dict[str, Any]) -> None:
        """Do what a message says: frames to a room, what a room now is, presence, a recheck."""
        if "recheck" in message:
            self._recheck(message["recheck"], message.get("person"))
            return
        if "say" in message:
            self.say_soon(message["say"])
            return
        room = self.rooms.get(message["room"])
        if room is None:
            return
        if "texts" in message:
            _deliver(room, message["texts"])
            return
        if message["from"] != self.channel:
            until = time.monotonic() + FORGET_AFTER * settings.LIVE_HEARTBEAT_SECONDS
            room.elsewhere[message["from"]] = (until, message["present"])
        _tell_presence(message["room"], room)

    def _recheck(self, name: str, person: int | None) -> None:
        room = self.rooms.get(name)
        asked = list(room.listeners) if room else [one for one in self.listeners() if one.person_id == person]
        for listener in asked:
            listener.recheck()

    async def _keep_alive(self) -> None:
        """Beat: so that a lost last frame is noticed, silent connections stay open, and presence expires by itself."""
        while True:
            await asyncio.sleep(settings.LIVE_HEARTBEAT_SECONDS)
            await layer().group_add(EVERYWHERE, self.channel)
            for name in list(self.rooms):
                await self._beat(name)

    async def _beat(self, name: str) -> None:
        room = self.rooms.get(name)
        if room is None:
            return
        await layer().group_add(name, self.channel)
        if room.beat is not None:
            self.say_soon([name])
            await self._announce(name)

    def say_soon(self, names: Iterable[str]) -> None:
        """Say in these rooms what their heartbeat says: one read for each where somebody listens, however many ask.

        Read one after the other, so that what is said last was read last.
        """
        self._to_say |= {name: None for name in names if name in self.rooms}
        if self._to_say and (self._saying is None or self._saying.done()):
            self._saying = self.spawn(self._say())

    async def _say(self) -> None:
        while self._to_say:
            room = self.rooms.get(name := next(iter(self._to_say)))
            del self._to_say[name]
            if room is not None and room.beat is not None:
                _deliver(room, await database_sync_to_async(room.beat, thread_sensitive=False)())


def _deliver(room: Room, texts: dict[str, str]) -> None:
    for listener in list(room.listeners):
        text = texts.get(listener.language) or texts.get("")
        if text:
            listener.offer(text)


def _tell_presence(name: str, room: Room) -> None:
    present = room.present()
    if present != room.told:
        room.told = present
        _deliver(room, {"": presence(name, present)})


def layer() -> Any:
    """Return the channel layer."""
    return get_channel_layer()


def is_one_process() -> bool:
    """Tell whether rooms live in the process that serves, and nowhere else."""
    return isinstance(layer(), InMemoryChannelLayer)


async def send(group: str, message: dict[str, Any]) -> None:
    """Hand a message to the layer, once more when its connection was lost since the last time."""
    try:
        await layer().group_send(group, named(message))
    except ConnectionError:
        await layer().group_send(group, named(message))


def named(message: dict[str, Any]) -> dict[str, Any]:
    """Return a message as the layer wants it: with the name of what takes it."""
    return {"type": "hub.message", **message}


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """Return the hub of the running loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        for closed in [old for old in _hubs if old.is_closed()]:
            del _hubs[closed]
        _hubs[loop] = Hub()
    return _hubs[loop]


def serving_hub() -> Hub | None:
    """Return the hub that serves this process's sockets, from any thread; `None` where no socket was opened."""
    return next((one for loop, one in list(_hubs.items()) if loop.is_running()), None)
