"""Owns the reference client of a thread: what `docs/live.md` asks of a client, and a log of what it was told."""

import asyncio
import contextlib
import json
import random
from collections.abc import Sequence
from typing import Any

import websockets
from websockets.exceptions import WebSocketException

ASKING_SECONDS = 20.0
GONE_WRONG = (OSError, EOFError, RuntimeError, WebSocketException, asyncio.IncompleteReadError, ValueError)


class Follower:
    """Follows one thread over a socket; after a gap, a heartbeat ahead or a reconnection, asks for what it missed.

    `told` lists the numbers in the order in which they were applied; `posts` is the list as the client shows it.
    """

    def __init__(self, ports: Sequence[int], thread: str, *, drops: bool = False) -> None:
        self.ports, self.thread, self.drops = ports, thread, drops
        self.told: list[int] = []
        self.posts: dict[int, dict[str, Any]] = {}
        self.state: dict[str, Any] = {}
        self.connections = 0

    @property
    def last_seq(self) -> int:
        """Return the last number applied."""
        return self.told[-1] if self.told else 0

    async def run(self) -> None:
        """Follow until cancelled, whatever happens to the connection."""
        while True:
            port = random.choice(self.ports)
            with contextlib.suppress(*GONE_WRONG):
                await self._stay(port)
            await asyncio.sleep(2.0 if self.drops else random.uniform(0.05, 0.3))

    async def _stay(self, port: int) -> None:
        address = f"ws://127.0.0.1:{port}/ws/threads/{self.thread}/"
        async with websockets.connect(address, open_timeout=30, ping_interval=None, compression=None) as wire:
            self.connections += 1
            until = random.uniform(0.5, 2.0) if self.drops else None
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(until):
                    async for text in wire:
                        await self._take(port, json.loads(text))

    async def _take(self, port: int, frame: dict[str, Any]) -> None:
        if frame["type"] in ("hello", "heartbeat"):
            if frame["last_seq"] > self.last_seq:
                await self.catch_up(port)
        elif "seq" in frame and frame["seq"] == self.last_seq + 1:
            self._apply(frame)
        elif frame.get("seq", 0) > self.last_seq:
            await self.catch_up(port)

    async def catch_up(self, port: int) -> None:
        """Ask for what was missed until nothing is."""
        while True:
            path = f"/api/v1/threads/{self.thread}/events/?after={self.last_seq}"
            answer = json.loads(await body_of(port, path))
            for event in answer["events"]:
                if event["seq"] == self.last_seq + 1:
                    self._apply(event)
            if self.last_seq >= answer["last_seq"]:
                return

    def _apply(self, event: dict[str, Any]) -> None:
        self.told.append(event["seq"])
        for pk in event.get("removed", ()):
            self.posts.pop(pk, None)
        if event["post"] is not None:
            self.posts[event["post"]["id"]] = event["post"]
        self.state |= event.get("state", {})

    def shown(self) -> list[dict[str, Any]]:
        """Return the posts in the order of the page."""
        return sorted(self.posts.values(), key=lambda post: post["seq"])


async def fresh_posts(port: int, thread: str) -> list[dict[str, Any]]:
    """Return the thread as somebody who opens it now reads it."""
    posts: list[dict[str, Any]] = []
    while True:
        after = posts[-1]["seq"] if posts else 0
        page = json.loads(await body_of(port, f"/api/v1/threads/{thread}/posts/?after={after}"))["results"]
        if not page:
            return posts
        posts += page


async def exchange(port: int, method: str, path: str, key: str = "", body: bytes = b"") -> tuple[int, bytes]:
    """Ask once over a connection of its own; return the status and the body."""
    async with asyncio.timeout(ASKING_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            headers = f"Host: 127.0.0.1:{port}\r\nConnection: close\r\nAccept: */*\r\nContent-Length: {len(body)}\r\n"
            if key:
                headers += f"Authorization: Bearer {key}\r\nContent-Type: application/json\r\n"
            writer.write(f"{method} {path} HTTP/1.1\r\n{headers}\r\n".encode() + body)
            answer = await reader.read()
        finally:
            writer.close()
    head, blank, rest = answer.partition(b"\r\n\r\n")
    if not blank:
        message = f"{path} was not answered: the server ended"
        raise ConnectionError(message)
    return int(head.split(b" ", 2)[1]), rest


async def body_of(port: int, path: str) -> bytes:
    """Return what an address answers; anything but 200 is an error."""
    status, body = await exchange(port, "GET", path)
    if status != 200:
        message = f"{path} answered {status}"
        raise RuntimeError(message)
    return body
