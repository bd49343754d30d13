"""The live room of a meeting, through a real server and real sockets."""

import asyncio
import json
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import websockets
from channels.db import database_sync_to_async

from commons.people.actions.tokens import create_token
from commons.people.models import User
from events import actions as do
from tests.factories.events import open_room_now
from tests.factories.people import UserFactory
from tests.servers import application_over_test_database

pytestmark = pytest.mark.django_db(transaction=True)


def fetch(address: str, key: str) -> Any:
    """Return what the API answers to a person."""
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {key}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


on_thread = database_sync_to_async  # it gives its connection back


@pytest.fixture
def served(transactional_db: None) -> Iterator[str]:  # noqa: ARG001 - rows that other threads see
    with application_over_test_database() as url:
        yield url


def key_of(person: User) -> str:
    return create_token(by=person, name="essai", scope="write")[1]


@asynccontextmanager
async def socket(served: str, pk: int, key: str) -> AsyncIterator[Any]:
    address = f"{served.replace('http', 'ws')}/ws/occurrences/{pk}/"
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with websockets.connect(address, additional_headers=headers) as wire:
        yield wire


async def frame(wire: Any, *kinds: str) -> dict[str, Any]:
    """Return the next frame of one of these kinds."""
    async with asyncio.timeout(10):
        while True:
            got: dict[str, Any] = json.loads(await wire.recv())
            if got["type"] in kinds:
                return got


async def test_a_change_reaches_everybody_and_is_the_same_event(served: str, settings: Any) -> None:
    settings.LIVE_HEARTBEAT_SECONDS = 0.5
    host, member = await on_thread(lambda: (UserFactory.create(), UserFactory.create(public_name="Alix")))()
    occurrence = await on_thread(open_room_now)(host)
    keys = [await on_thread(key_of)(person) for person in (host, member)]
    async with socket(served, occurrence.pk, keys[0]) as first, socket(served, occurrence.pk, keys[1]) as second:
        assert (await frame(first, "hello"))["last_seq"] == 1
        assert (await frame(second, "heartbeat"))["last_seq"] == 1
        await on_thread(lambda: do.raise_hand(by=member, occurrence=occurrence))()
        told, same = await frame(first, "queue.raised"), await frame(second, "queue.raised")
        assert told == same
        assert (told["seq"], [hand["person"]["name"] for hand in told["state"]["queue"]]) == (2, ["Alix"])
        assert "Alix" in told["html"]["file"]
        await second.send('{"type": "ping"}')
        assert await frame(second, "pong") == {"type": "pong"}
    address = f"{served}/api/v1/occurrences/{occurrence.pk}/events/?after=1"
    assert await asyncio.to_thread(fetch, address, keys[1]) == {"events": [told], "last_seq": 2}


async def test_a_wait_is_answered_when_something_happens(served: str) -> None:
    host = await on_thread(UserFactory.create)()
    occurrence = await on_thread(open_room_now)(host)
    key = await on_thread(key_of)(host)
    address = f"{served}/api/v1/occurrences/{occurrence.pk}/events/?after=1&wait=20"
    waiting = asyncio.create_task(asyncio.to_thread(fetch, address, key))
    async with socket(served, occurrence.pk, key) as wire:
        await frame(wire, "hello")
        await on_thread(lambda: do.start_step(by=host, occurrence=occurrence))()
        await frame(wire, "agenda.step")
    assert [event["type"] for event in (await waiting)["events"]] == ["agenda.step"]


async def test_a_room_under_chatham_is_left_with_ones_seat(served: str) -> None:
    host, seated, outsider = await on_thread(lambda: [UserFactory.create() for _n in range(3)])()
    occurrence = await on_thread(lambda: open_room_now(host, is_chatham=True))()
    await on_thread(lambda: do.answer(by=seated, occurrence=occurrence))()
    for pk, key in ((occurrence.pk, ""), (occurrence.pk, await on_thread(key_of)(outsider)), (0, "")):
        with pytest.raises(websockets.exceptions.InvalidStatus):
            async with socket(served, pk, key):
                pass
    async with socket(served, occurrence.pk, await on_thread(key_of)(seated)) as wire:
        await frame(wire, "hello")
        await on_thread(lambda: do.answer(by=seated, occurrence=occurrence, answer="no"))()
        with pytest.raises(websockets.exceptions.ConnectionClosed) as closed:
            await frame(wire, "never")
        assert closed.value.rcvd.code == 4404


async def test_a_series_that_closes_to_a_reader_ends_their_visit(served: str) -> None:
    host, member = await on_thread(lambda: (UserFactory.create(), UserFactory.create()))()
    occurrence = await on_thread(open_room_now)(host)
    async with socket(served, occurrence.pk, await on_thread(key_of)(member)) as wire:
        await frame(wire, "hello")
        await on_thread(lambda: do.change_series(by=host, series=occurrence.series, values={"is_chatham": True}))()
        with pytest.raises(websockets.exceptions.ConnectionClosed) as closed:
            await frame(wire, "never")
        assert closed.value.rcvd.code == 4404
