"""Owns one socket's way out: frames in order, written at once when the wire is free, else from a bounded queue."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, cast

WAITING_FRAMES = 256
"""A socket this far behind is closed: it comes back and catches up by number, and stalls nobody meanwhile."""

TRY_AGAIN_LATER = 1013


class Outlet:
    """Writes to one socket, whatever the speed of its wire.

    Waking a task for each frame and socket would cost as much again as the writing: a frame for a free wire is
    written where it is offered, and only what finds the wire full is left to the socket's own task.
    """

    def __init__(self, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._send = send
        self._frames: asyncio.Queue[str | None] = asyncio.Queue(WAITING_FRAMES)
        self._is_full = False
        self.task = asyncio.get_running_loop().create_task(self._write())

    def offer(self, text: str) -> None:
        """Take a frame; when too many wait already, drop them all and close."""
        if self.task.done() or (not self._is_full and self._is_written(text)):
            return
        self._is_full = True
        try:
            self._frames.put_nowait(text)
        except asyncio.QueueFull:
            self.close()

    def _is_written(self, text: str) -> bool:
        """Write now, if that needs no waiting; uvicorn waits before it writes, so an unfinished one wrote nothing."""
        sending = cast("Coroutine[Any, Any, None]", self._send({"type": "websocket.send", "text": text}))
        try:
            sending.send(None)
        except StopIteration:
            return True
        except OSError:  # the client has left: the server says so next
            return True
        sending.close()
        return False

    def close(self) -> None:
        """Stop writing what waits; the socket is closed by its task."""
        while not self._frames.empty():
            self._frames.get_nowait()
        self._frames.put_nowait(None)

    async def _write(self) -> None:
        while (text := await self._frames.get()) is not None:
            await self._send({"type": "websocket.send", "text": text})
            self._is_full = not self._frames.empty()
        await self._send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
