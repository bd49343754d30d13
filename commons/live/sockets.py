"""Owns one socket's way out: frames in order, a bounded queue, its own task."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

WAITING_FRAMES = 256
"""A socket this far behind is closed: it comes back and catches up by number, and stalls nobody meanwhile."""

TRY_AGAIN_LATER = 1013


class Outlet:
    """Writes to one socket, whatever the speed of its wire."""

    def __init__(self, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._send = send
        self._frames: asyncio.Queue[str | None] = asyncio.Queue(WAITING_FRAMES)
        self.task = asyncio.get_running_loop().create_task(self._write())

    def offer(self, text: str) -> None:
        """Take a frame; when too many wait already, drop them all and close."""
        try:
            self._frames.put_nowait(text)
        except asyncio.QueueFull:
            self.close()

    def close(self) -> None:
        """Stop writing what waits; the socket is closed by its task."""
        while not self._frames.empty():
            self._frames.get_nowait()
        self._frames.put_nowait(None)

    async def _write(self) -> None:
        while (text := await self._frames.get()) is not None:
            await self._send({"type": "websocket.send", "text": text})
        await self._send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
