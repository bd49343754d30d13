"""What a process beside the one that serves has to say: pages hear it at once, on memory and on Redis alike."""

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import websockets
from channels.db import database_sync_to_async
from django.conf import settings

from commons.live import neighbours
from commons.live.neighbours import Ear
from commons.notices.models import Fact, Notice
from commons.people.actions.tokens import create_token
from commons.people.models import User
from forum.actions import add_post
from forum.models import Thread
from tests.factories.forum import thread_of
from tests.factories.people import UserFactory
from tests.servers import application_over_test_database, beside_test_database

ROOT = Path(__file__).resolve().parents[3]
SOON_SECONDS = 2.0
PATIENCE_SECONDS = 30.0
POSTING = """
import sys, django
django.setup()
from commons.people.models import User
from forum.actions import add_post
from forum.models import Thread
add_post(by=User.objects.get(pk=sys.argv[1]), thread=Thread.objects.get(pk=sys.argv[2]), body="Par mail")
"""


@contextmanager
def worker() -> Iterator[None]:
    """Run the worker of this site."""
    command = [sys.executable, "manage.py", "worker", "--with-parent"]
    with subprocess.Popen(command, cwd=ROOT, env=beside_test_database(), stdin=subprocess.PIPE) as process:
        yield
        process.terminate()


def told() -> tuple[Thread, str]:
    """Return a second thread of a person whom the worker has just told something, and their key: it runs by now."""
    asker = UserFactory.create()
    add_post(by=UserFactory.create(), thread=thread_of(asker), body="À l’épaule.")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while Fact.objects.exists() or not Notice.objects.exclude(listed_at=None).exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return thread_of(asker), create_token(by=asker, name="essai", scope="read")[1]


async def heard(wire: Any, wanted: dict[str, Any]) -> float:
    """Return how long it took until a frame said that."""
    since = time.monotonic()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not wanted.items() <= json.loads(await wire.recv()).items():
            pass
    return time.monotonic() - since


def answer(thread: Thread) -> None:
    add_post(by=UserFactory.create(), thread=thread, body="Au sol, sur pied.")


async def ring(url: str) -> float:
    """Return how long the bell of an open page takes to say what the worker has spread."""
    thread, key = await database_sync_to_async(told)()
    headers = {"Authorization": f"Bearer {key}"}
    async with websockets.connect(f"{url.replace('http', 'ws')}/ws/notices/", additional_headers=headers) as wire:
        await heard(wire, {"type": "notices", "unread": 1})
        await heard(wire, {"type": "presence"})
        await database_sync_to_async(answer)(thread)
        return await heard(wire, {"type": "notices", "unread": 2})


async def post(url: str, thread: Thread, by: User) -> float:
    """Return how long a page of a thread takes to show what another process posted."""
    async with websockets.connect(f"{url.replace('http', 'ws')}/ws/threads/{thread.pk}/") as wire:
        await heard(wire, {"type": "presence"})
        command = [sys.executable, "-c", POSTING, str(by.pk), str(thread.pk)]
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=beside_test_database())
        hearing = asyncio.ensure_future(heard(wire, {"type": "post.added"}))
        assert await process.wait() == 0
        since = time.monotonic()
        await hearing
        return time.monotonic() - since


@pytest.mark.django_db(transaction=True)
def test_the_bell_of_an_open_page_hears_the_worker_at_once() -> None:
    with application_over_test_database() as url, worker():
        assert asyncio.run(ring(url)) < SOON_SECONDS


@pytest.mark.django_db(transaction=True)
def test_a_thread_hears_what_a_command_posts_at_once() -> None:
    asker = UserFactory.create()
    with application_over_test_database() as url:
        assert asyncio.run(post(url, thread_of(asker), asker)) < SOON_SECONDS


@pytest.mark.parametrize("folder", ["court", "long" * 40])
async def test_what_is_said_arrives_whole_and_in_order(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / folder).mkdir()
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path / folder)
    said = [{"room": "r", "texts": {"fr": "é" * length}} for length in (1, 60_000, 3)]
    taken: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    ear = Ear(asyncio.get_running_loop(), taken.put_nowait)
    assert neighbours.is_anybody_there()
    for message in said:
        neighbours.tell(message)
    async with asyncio.timeout(5):
        assert [await taken.get() for _message in said] == said
    ear.close()
    assert not neighbours.is_anybody_there()


async def test_a_hub_takes_the_place_of_one_that_was_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as killed:
        killed.bind(str(tmp_path / neighbours.NAME))
    assert (tmp_path / neighbours.NAME).is_socket()
    assert not neighbours.is_anybody_there()
    neighbours.tell({"say": ["person.1"]})  # nobody hears, nobody waits
    taken: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    ear = Ear(asyncio.get_running_loop(), taken.put_nowait)
    neighbours.tell({"say": ["person.2"]})
    async with asyncio.timeout(5):
        assert await taken.get() == {"say": ["person.2"]}
    ear.close()
