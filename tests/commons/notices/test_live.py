"""The bell of open pages, through a real server and real sockets."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import websockets
from channels.db import database_sync_to_async
from websockets.exceptions import InvalidStatus

from commons.notices.actions import read_all
from commons.notices.delivering import deliver
from commons.notices.spreading import spread
from commons.people.actions.tokens import create_token
from commons.people.models import User
from forum.actions import add_post
from tests.factories.forum import thread_of
from tests.factories.people import UserFactory
from tests.servers import application_over_test_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def served(transactional_db: None) -> Iterator[str]:  # noqa: ARG001 - rows that other threads see
    with application_over_test_database() as url:
        yield url


@asynccontextmanager
async def bell(served: str, key: str = "") -> AsyncIterator[Any]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with websockets.connect(f"{served.replace('http', 'ws')}/ws/notices/", additional_headers=headers) as wire:
        yield wire


async def shown(wire: Any, expected: int) -> None:
    """Wait until the bell shows that number, whatever it showed meanwhile."""
    async with asyncio.timeout(10):
        while True:
            frame: dict[str, Any] = json.loads(await wire.recv())
            if frame == {"type": "notices", "unread": expected}:
                return


def people() -> tuple[User, str, str]:
    asker, other = UserFactory.create(), UserFactory.create()
    key, other_key = (create_token(by=one, name="essai", scope="read")[1] for one in (asker, other))
    return asker, key, other_key


def told(asker: User) -> None:
    add_post(by=UserFactory.create(), thread=thread_of(asker), body="À l’épaule.")
    spread()
    deliver()


async def run(function: Callable[..., Any], *args: Any, **values: Any) -> Any:
    return await database_sync_to_async(function)(*args, **values)


async def test_the_bell_rings_on_a_persons_own_pages_only_and_falls_silent_once_read(served: str) -> None:
    asker, key, other_key = await run(people)
    async with bell(served, key) as page, bell(served, key) as tab, bell(served, other_key) as neighbour:
        for wire in (page, tab, neighbour):
            await shown(wire, 0)
        await run(told, asker)
        await shown(page, 1)
        await shown(tab, 1)
        await run(read_all, by=asker)
        await shown(page, 0)
        await neighbour.send('{"type": "ping"}')
        async with asyncio.timeout(10):
            while (frame := json.loads(await neighbour.recv()))["type"] != "pong":
                assert (frame["type"], frame.get("unread", 0)) in (("notices", 0), ("presence", 0))


async def test_a_visitor_has_no_bell(served: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with bell(served):
            pass
    assert refused.value.response.status_code == 403
