"""The full topology serves pages, sockets and posts through its proxy, and brings back what is killed."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import websockets

from topology.full import ROOT, Full, steady_ports

pytestmark = pytest.mark.once
OPENING = """
import json, django
django.setup()
from commons.people.actions import create_token
from commons.people.models import User
from forum.actions import add_thread
person = User.objects.create_user("p@maison.example", public_name="Une personne")
key = create_token(by=person, name="essai", scope="write")[1]
print(json.dumps({"thread": add_thread(by=person, title="En direct", body="Premier").pk, "key": key}))
"""
PATIENCE = 60.0
SWITCHES = ("DATABASE_URL", "REDIS_URL", "MEILISEARCH_URL", "MEILISEARCH_PROGRAM", "COMMONS_URL")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    """Run everything in a folder of its own, with one worker."""
    environment = {name: value for name, value in os.environ.items() if name not in SWITCHES}
    environment |= {"DJANGO_SETTINGS_MODULE": "commons.settings", "LOG_LEVEL": "ERROR"}
    full = Full(tmp_path_factory.mktemp("full"), steady_ports(1)[0], environment, workers=1)
    try:
        full.start()
        yield full
    finally:
        full.stop()


@pytest.fixture(scope="module")
def opened(full: Full) -> dict[str, Any]:
    """Open a thread; return it with a key that may write."""
    command = [sys.executable, "-c", OPENING]
    done = subprocess.run(command, cwd=ROOT, env=full.environment, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _post(full: Full, opened: dict[str, Any], body: str) -> requests.Response:
    address = f"{full.url}/api/v1/threads/{opened['thread']}/posts/"
    headers = {"Authorization": f"Bearer {opened['key']}"}
    return requests.post(address, json={"body": body, "client_id": body}, headers=headers, timeout=20)


async def _heard_of(full: Full, opened: dict[str, Any], body: str) -> dict[str, Any]:
    """Return the frame that a socket hears when somebody posts through the pages."""
    address = f"{full.url.replace('http', 'ws', 1)}/ws/threads/{opened['thread']}/"
    async with websockets.connect(address) as wire, asyncio.timeout(20):
        while json.loads(await wire.recv())["type"] != "presence":
            pass
        answer = await asyncio.to_thread(_post, full, opened, body)
        assert answer.status_code == 201
        async for text in wire:
            frame: dict[str, Any] = json.loads(text)
            if frame["type"] == "post.added":
                return frame
    raise AssertionError


def test_pages_sockets_and_posts_go_through_the_proxy(full: Full, opened: dict[str, Any]) -> None:
    assert requests.get(f"{full.url}/readyz", timeout=20).json() == {"database": True, "migrations": True}
    frame = asyncio.run(_heard_of(full, opened, "Entendu"))
    assert "Entendu" in frame["html"]
    waited = requests.get(f"{full.url}/api/v1/threads/{opened['thread']}/events/?after=1&wait=20", timeout=30)
    assert [event["seq"] for event in waited.json()["events"]] == [2]


@pytest.mark.parametrize("name", ["pages-1", "sockets", "Redis"])
def test_what_is_killed_comes_back_while_pages_answer(full: Full, name: str) -> None:
    killed = full.named(name)
    starts, before = killed.starts, killed.pid
    killed.signal_all(signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while killed.starts == starts or not killed.is_running():
        assert time.monotonic() < deadline
        assert requests.get(f"{full.url}/a-propos/", timeout=20).status_code == 200
        full.tend()
    assert killed.pid != before


def test_everything_is_said_and_kept_below_the_folder(full: Full) -> None:
    names = ["PostgreSQL", "Redis", "pages-1", "pages-2", "sockets", "worker-1", "proxy"]
    assert [kept.name for kept in full.kept()] == names
    assert (full.folder / "full" / "redis.log").stat().st_size > 0
    assert Path(full.environment["COMMONS_VAR"]) == full.folder
