"""The live room of a thread, through a real server and real sockets."""

import asyncio
import json
import statistics
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import websockets
from channels.db import database_sync_to_async
from django.db import transaction

from commons.people.actions.networks import leave_network
from commons.people.actions.tokens import create_token, revoke_token
from commons.people.models import User
from forum.actions import add_post, change_post, close_thread, delete_post, react
from forum.actions.events import locked_thread
from tests.factories.forum import thread_of
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.servers import application_over_test_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def served(transactional_db: None) -> Iterator[str]:  # noqa: ARG001 - rows that other threads see
    with application_over_test_database() as url:
        yield url


def key_of(person: User, scope: str = "write") -> str:
    return create_token(by=person, name="essai", scope=scope)[1]


@asynccontextmanager
async def socket(served: str, thread: Any, key: str = "", **headers: str) -> AsyncIterator[Any]:
    address = f"{served.replace('http', 'ws')}/ws/threads/{thread.pk}/"
    sent = headers | ({"Authorization": f"Bearer {key}"} if key else {})
    async with websockets.connect(address, additional_headers=sent) as wire:
        yield wire


async def frame(wire: Any, *kinds: str) -> dict[str, Any]:
    """Return the next frame of one of these kinds."""
    async with asyncio.timeout(5):
        while True:
            got: dict[str, Any] = json.loads(await wire.recv())
            if got["type"] in kinds:
                return got


on_thread = database_sync_to_async  # it gives its connection back


async def test_a_post_reaches_every_reader_once_built(served: str) -> None:
    author, reader = await on_thread(lambda: (UserFactory.create(), UserFactory.create()))()
    thread = await on_thread(thread_of)(author)
    key = await on_thread(key_of)(reader)
    async with socket(served, thread) as visitor, socket(served, thread, key) as member:
        assert (await frame(visitor, "hello"))["last_seq"] == 1
        assert (await frame(member, "hello"))["last_seq"] == 1
        post = await on_thread(lambda: add_post(by=author, thread=thread, body="Oui, *deux* fois."))()
        first, second = await frame(visitor, "post.added"), await frame(member, "post.added")
    assert first == second
    assert (first["thread"], first["seq"], first["post"]["id"]) == (thread.pk, 2, post.pk)
    assert "<em>deux</em>" in first["html"]


async def test_a_socket_posts_and_a_retry_is_the_same_post(served: str) -> None:
    author = await on_thread(UserFactory.create)()
    thread = await on_thread(thread_of)(author)
    key = await on_thread(key_of)(author)
    async with socket(served, thread, key) as wire:
        await frame(wire, "hello")
        command = json.dumps({"type": "post.add", "body": "Depuis la prise.", "client_id": "un"})
        await wire.send(command)
        kept = await frame(wire, "post.kept")
        await wire.send(command)
        again = await frame(wire, "post.kept")
    assert kept == again
    assert (kept["seq"], kept["client_id"], await on_thread(thread.posts.count)()) == (2, "un", 2)


async def test_a_visitor_and_a_reading_key_cannot_post(served: str) -> None:
    author = await on_thread(UserFactory.create)()
    thread = await on_thread(thread_of)(author)
    for key in ("", await on_thread(key_of)(author, "read")):
        async with socket(served, thread, key) as wire:
            await frame(wire, "hello")
            await wire.send(json.dumps({"type": "post.add", "body": "Non", "client_id": "x"}))
            refusal = await frame(wire, "error")
        assert (refusal["code"], refusal["client_id"], await on_thread(thread.posts.count)()) == ("not_allowed", "x", 1)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("pas du json", "not_json"),
        ("[1]", "not_json"),
        ("[" * 50_000, "not_json"),
        ('{"type": "nothing"}', "unknown_command"),
        ('{"type": "post.add", "body": 3}', "invalid"),
        ('{"type": "post.add", "body": "  "}', "invalid"),
        ('{"type": "read", "seq": "x"}', "invalid"),
        ('{"type": "' + "x" * 64_000 + '"}', "frame_too_long"),
    ],
)
async def test_bad_frames_are_answered_and_the_socket_lives_on(served: str, sent: str, code: str) -> None:
    author = await on_thread(UserFactory.create)()
    thread = await on_thread(thread_of)(author)
    key = await on_thread(key_of)(author)
    async with socket(served, thread, key) as wire:
        await frame(wire, "hello")
        await wire.send(sent)
        assert (await frame(wire, "error"))["code"] == code
        await wire.send('{"type": "ping"}')
        assert await frame(wire, "pong") == {"type": "pong"}


async def test_commands_in_a_burst_are_limited(served: str) -> None:
    thread = await on_thread(thread_of)()
    async with socket(served, thread) as wire:
        await frame(wire, "hello")
        for _n in range(40):
            await wire.send('{"type": "ping"}')
        assert (await frame(wire, "error"))["code"] == "too_many"


async def test_the_thread_of_a_closed_network_cannot_be_heard(served: str) -> None:
    network = await on_thread(NetworkFactory.create)()
    member, outsider = await on_thread(lambda: (UserFactory.create(), UserFactory.create()))()
    await on_thread(join)(member, network)
    thread = await on_thread(lambda: thread_of(member, network=network))()
    for key in ("", await on_thread(key_of)(outsider)):
        with pytest.raises(websockets.exceptions.InvalidStatus):
            async with socket(served, thread, key):
                pass


async def test_who_leaves_a_network_hears_no_more_within_a_second(served: str) -> None:
    network = await on_thread(NetworkFactory.create)()
    member, other = await on_thread(lambda: (UserFactory.create(), UserFactory.create()))()
    await on_thread(lambda: [join(one, network) for one in (member, other)])()
    thread = await on_thread(lambda: thread_of(member, network=network))()
    async with socket(served, thread, await on_thread(key_of)(other)) as wire:
        await frame(wire, "hello")
        left = time.monotonic()
        await on_thread(lambda: leave_network(by=other, network=network))()
        with pytest.raises(websockets.exceptions.ConnectionClosed) as closed:
            await frame(wire, "never")
        assert closed.value.rcvd.code == 4404
        assert time.monotonic() - left < 1.0


async def test_a_socket_in_slow_database_work_delays_no_other(served: str) -> None:
    author = await on_thread(UserFactory.create)()
    thread = await on_thread(thread_of)(author)
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            locked_thread(thread)
            held.set()
            over.wait(30)

    async with socket(served, thread, await on_thread(key_of)(author)) as slow, socket(served, thread) as quick:
        await frame(slow, "hello")
        await frame(quick, "hello")
        holding = asyncio.ensure_future(on_thread(hold)())
        await asyncio.to_thread(held.wait, 30)
        await slow.send(json.dumps({"type": "post.add", "body": "J’attends mon tour."}))
        times = []
        for _n in range(20):
            asked = time.monotonic()
            await quick.send(json.dumps({"type": "ping"}))
            await frame(quick, "pong")
            times.append(time.monotonic() - asked)
        assert not holding.done()  # all that time the other socket's work was waiting for the database
        over.set()
        await holding
        assert (await frame(slow, "post.kept"))["seq"] == 2
    assert statistics.quantiles(times, n=20, method="inclusive")[18] <= 0.050


async def test_a_page_of_another_site_opens_no_socket(served: str) -> None:
    thread = await on_thread(thread_of)()
    with pytest.raises(websockets.exceptions.InvalidStatus):
        async with socket(served, thread, Origin="https://mechant.example"):
            pass
    async with socket(served, thread, Origin=served) as wire:
        assert (await frame(wire, "hello"))["thread"] == thread.pk


async def test_presence_names_who_agreed_to_be_seen(served: str) -> None:
    seen = await on_thread(UserFactory.create)(public_name="Alix")
    hidden = await on_thread(UserFactory.create)(shows_presence=False)
    thread = await on_thread(thread_of)(seen)
    async with socket(served, thread) as wire:
        await frame(wire, "hello")
        async with (
            socket(served, thread, await on_thread(key_of)(hidden)),
            socket(served, thread, await on_thread(key_of)(seen)),
        ):
            while not (people := (await frame(wire, "presence"))["people"]):
                pass
            assert people == [{"id": seen.pk, "name": "Alix"}]
        while (await frame(wire, "presence"))["people"]:
            pass


async def test_each_kind_of_change_is_a_frame_and_the_same_event(served: str, client: Any) -> None:
    author, reader = await on_thread(lambda: (UserFactory.create(), UserFactory.create()))()
    thread = await on_thread(thread_of)(author)

    def change() -> None:
        post = add_post(by=author, thread=thread, body="Un")
        change_post(by=author, post=post, body="Deux", revision=1)
        react(by=reader, post=thread.posts.get(pk=post.pk), kind="thanks")
        delete_post(by=author, post=thread.posts.get(pk=post.pk))
        close_thread(by=author, thread=thread)

    async with socket(served, thread) as wire:
        await frame(wire, "hello")
        await on_thread(change)()
        kinds = ("post.added", "post.changed", "post.reacted", "post.deleted", "thread.changed")
        frames = [await frame(wire, *kinds) for _n in range(5)]
    assert [(got["seq"], got["type"]) for got in frames] == list(enumerate(kinds, start=2))
    answer = await on_thread(client.get)(f"/api/v1/threads/{thread.pk}/events/?after=1")
    told = answer.json()
    assert told["last_seq"] == 6
    assert [(event["seq"], event["type"]) for event in told["events"]] == [(f["seq"], f["type"]) for f in frames]
    assert [event["post"]["state"] for event in told["events"][:4]] == ["deleted"] * 4
    assert frames[-1]["state"]["is_closed"] is True


async def test_a_revoked_key_is_noticed_at_the_next_recheck(served: str) -> None:
    network = await on_thread(NetworkFactory.create)()
    member = await on_thread(UserFactory.create)()
    await on_thread(join)(member, network)
    thread = await on_thread(lambda: thread_of(member, network=network))()
    async with socket(served, thread, await on_thread(key_of)(member)) as wire:
        await frame(wire, "hello")

        def revoke() -> None:
            revoke_token(by=member, token=member.api_tokens.get())
            close_thread(by=member, thread=thread)

        await on_thread(revoke)()
        with pytest.raises(websockets.exceptions.ConnectionClosed):
            await frame(wire, "never")
