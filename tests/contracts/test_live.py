"""Proves the promise of live threads: what was acknowledged is never lost, doubled or out of order.

On the embedded engines with one process; with `DATABASE_URL` and `REDIS_URL`, on PostgreSQL and Redis with two.
"""

import asyncio
import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from commons.people.actions import create_token
from forum.actions import add_thread
from tests.factories.people import UserFactory
from tests.followers import Follower, fresh_posts
from tests.servers import beside_test_database
from tests.services import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds: 1,000 sockets come back at once on two cores
SOCKETS = int(os.environ.get("COMMONS_LIVE_SOCKETS", "200"))


@dataclass
class LiveSite:
    """A site of its own, served by one process (embedded) or two (real engines), that may be killed."""

    environment: dict[str, str]
    ports: list[int]
    thread: str
    keys: list[str]
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self) -> None:
        """Serve on every port."""
        server = ["-m", "uvicorn", "commons.asgi:application", "--lifespan", "off", "--log-level", "error"]
        wire = ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--ws-ping-interval", "60"]
        self.processes = [
            subprocess.Popen([sys.executable, *server, *wire, "--port", str(port)], cwd=ROOT, env=self.environment)
            for port in self.ports
        ]
        for port in self.ports:
            _until_answered(f"http://127.0.0.1:{port}/healthz")

    def kill(self) -> None:
        """End every process as a power cut does."""
        for process in self.processes:
            process.send_signal(signal.SIGKILL)
            process.wait()

    def post(self, body: str, key: str, client_id: str) -> dict[str, Any]:
        """Post until it is acknowledged, as a client does, on any process."""
        address = (
            f"http://127.0.0.1:{self.ports[hash(client_id) % len(self.ports)]}/api/v1/threads/{self.thread}/posts/"
        )
        sent = json.dumps({"body": body, "client_id": client_id}).encode()
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(urllib.request.Request(address, sent, headers), timeout=10) as answer:
                    return dict(json.load(answer))
            except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError):
                assert time.monotonic() < deadline, f"{client_id} was never acknowledged"
                time.sleep(0.1)


def _until_answered(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(url, timeout=5).close()
            return
        time.sleep(0.1)
    pytest.fail(f"{url} did not answer")


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path, transactional_db: None) -> Iterator[LiveSite]:  # noqa: ARG001
    """Serve this test's database with the settings that the test names: a thread and four people who may write."""
    ours = {"DJANGO_SETTINGS_MODULE": request.param, "LOG_LEVEL": "ERROR", "LIVE_HEARTBEAT_SECONDS": "1"}
    ours["COMMONS_VAR"] = str(tmp_path)  # a folder is one server's, and this process may be one
    free = {"THROTTLE_WRITE": "9999999/min", "THROTTLE_READ": "9999999/min", "POSTS_PER_MINUTE": "9999999"}
    pool = {"DATABASE_POOL": "8"} if "DATABASE_URL" in os.environ else {}
    ports = [free_port() for _n in range(2 if "REDIS_URL" in os.environ else 1)]
    people = UserFactory.create_batch(4)
    keys = [create_token(by=person, name="essai", scope="write")[1] for person in people]
    thread = add_thread(by=people[0], title="En direct", body="Premier").pk
    site = LiveSite(beside_test_database() | ours | free | pool, ports, str(thread), keys)
    try:
        site.start()
        yield site
    finally:
        site.kill()


async def _write(site: LiveSite, count: int, pause: float) -> list[dict[str, Any]]:
    """Post from four people at once; return what was acknowledged."""

    async def one(writer: int) -> list[dict[str, Any]]:
        kept = []
        for n in range(count):
            kept.append(await asyncio.to_thread(site.post, f"{writer}-{n}", site.keys[writer], f"{writer}-{n}"))
            await asyncio.sleep(pause)
        return kept

    return [post for kept in await asyncio.gather(*(one(w) for w in range(4))) for post in kept]


@contextlib.asynccontextmanager
async def _following(followers: list[Follower]) -> Any:
    tasks = []
    for follower in followers:
        tasks.append(asyncio.create_task(follower.run()))
        await asyncio.sleep(0.002)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _until(condition: Callable[[], bool], seen: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"the followers never got there: {seen()}"
        await asyncio.sleep(0.1)


async def _all_equal(site: LiveSite, followers: list[Follower], kept: list[dict[str, Any]]) -> None:
    """Hold when every acknowledged post is in the thread once, and everybody shows the thread as it is."""
    posts = await fresh_posts(site.ports[0], site.thread)
    last = max(post["seq"] for post in posts)
    await _until(
        lambda: all(follower.last_seq >= last for follower in followers),
        lambda: (last, Counter((follower.last_seq, follower.connections) for follower in followers)),
    )
    assert sorted(post["id"] for post in kept) == [post["id"] for post in sorted(posts, key=lambda p: p["id"])][1:]
    assert len({post["body"] for post in posts}) == len(posts)
    for follower in followers:
        assert follower.told == list(range(1, last + 1))
        assert follower.shown() == posts


LOSSY = pytest.mark.parametrize("site", ["tests.lossy"], indirect=True)
WHOLE = pytest.mark.parametrize("site", ["commons.settings"], indirect=True)


@LOSSY  # two-second drops, and three layer messages in ten thrown away
async def test_two_second_drops_lose_nothing(site: LiveSite) -> None:
    followers = [Follower(site.ports, site.thread, drops=True) for _n in range(30)]
    async with _following(followers):
        kept = await _write(site, 16, pause=0.3)
        await _all_equal(site, followers, kept)
    assert min(follower.connections for follower in followers) > 1


@WHOLE
async def test_a_server_killed_under_load_loses_nothing(site: LiveSite) -> None:
    followers = [Follower(site.ports, site.thread) for _n in range(SOCKETS)]
    async with _following(followers):
        await _until(lambda: all(f.connections for f in followers), lambda: Counter(f.connections for f in followers))
        writing = asyncio.create_task(_write(site, 25, pause=0.05))
        await _until(lambda: followers[0].last_seq > 20, lambda: followers[0].last_seq)
        site.kill()
        await asyncio.to_thread(site.start)
        await _all_equal(site, followers, await writing)
