"""Owns the long poll: the same address as the catch-up, answered when there is something to say."""

import asyncio
import json
import time
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings

from commons.live.hub import hub

LONGEST = 30.0


class _Waiter:
    """A request that listens in a room until something happens there."""

    person_id: int | None = None
    name = ""
    language = settings.LANGUAGE_CODE

    def __init__(self) -> None:
        self.happened = asyncio.Event()
        self.is_over = False

    def offer(self, text: str) -> None:  # noqa: ARG002 - that something was said is enough
        """Wake."""
        self.happened.set()

    def recheck(self) -> None:
        """Wake: the view decides again."""
        self.happened.set()

    def finish(self) -> None:
        """Wake and wait no more: the client asks again, and another process answers."""
        self.is_over = True
        self.happened.set()


class LongPoll:
    """Holds `GET …/events/?after=&wait=` while the wrapped application has no event to tell, `wait` seconds at most.

    The application answers each time, so permission, shape and errors are its own. `rooms` maps a path to a room.
    """

    def __init__(self, app: Any, rooms: Any) -> None:
        self.app = app
        self.rooms = rooms

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer at once anything but a wait."""
        wait = _seconds(scope)
        room = self.rooms(scope["path"]) if wait and scope["method"] == "GET" else None
        if room is None:
            await self.app(scope, receive, send)
            return
        waiter = _Waiter()
        await hub().join(room, waiter)
        try:
            messages = await self._ask(scope)
            until = time.monotonic() + wait
            # Presence, typing and heartbeats wake too, and bring nothing to tell.
            while _is_empty(messages) and (left := until - time.monotonic()) > 0:
                if waiter.is_over or not await _until(waiter.happened, receive, left):
                    break
                messages = await self._ask(scope)
        finally:
            await hub().leave(room, waiter)
        for message in messages:
            await send(message)

    async def _ask(self, scope: dict[str, Any]) -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = []

        async def nothing_more() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def keep(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.app(dict(scope), nothing_more, keep)
        return sent


def _seconds(scope: dict[str, Any]) -> float:
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("wait", ["0"])[0]
    try:
        return max(0.0, min(float(asked), LONGEST))
    except ValueError:
        return 0.0


def _is_empty(messages: list[dict[str, Any]]) -> bool:
    if not messages or messages[0].get("status") != 200:  # noqa: PLR2004 - OK
        return False
    body = b"".join(message.get("body", b"") for message in messages[1:])
    try:
        return bool(json.loads(body).get("events") == [])
    except (ValueError, AttributeError):
        return False


async def _until(happened: asyncio.Event, receive: Any, seconds: float) -> bool:
    """Wait for the event, for the client to leave, or for the time to pass; tell whether it happened."""
    tasks = [asyncio.ensure_future(happened.wait()), asyncio.ensure_future(_left(receive))]
    await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    has_happened = happened.is_set()
    happened.clear()
    return has_happened


async def _left(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
