"""How the server of sockets ends: everybody is told to come back, nobody is kept waiting."""

import asyncio
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import websockets

from commons.live.hub import Hub
from commons.live.serving import live_server
from tests.factories.forum import thread_of
from tests.services import free_port

pytestmark = pytest.mark.django_db(transaction=True)


async def _until_closed(address: str, is_open: threading.Event) -> int | None:
    async with websockets.connect(address) as wire:
        assert json.loads(await wire.recv())["type"] == "hello"
        is_open.set()
        await wire.wait_closed()
    return wire.close_code


def test_sockets_are_told_to_come_back_and_polls_are_answered_when_the_server_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    thread, server, is_open, is_waiting = thread_of(), live_server(port=free_port()), threading.Event(), []
    join = Hub.join

    async def noticed(self: Hub, *args: object, **kwargs: object) -> object:
        is_waiting.append(1)
        return await join(self, *args, **kwargs)

    monkeypatch.setattr(Hub, "join", noticed)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.01)
    place = f"127.0.0.1:{server.config.port}"
    with ThreadPoolExecutor() as pool:
        closing = pool.submit(lambda: asyncio.run(_until_closed(f"ws://{place}/ws/threads/{thread.pk}/", is_open)))
        assert is_open.wait(20)
        poll = f"http://{place}/api/v1/threads/{thread.pk}/events/?after=1&wait=25"
        waiting = pool.submit(requests.get, poll, timeout=30)
        while len(is_waiting) < 2:
            time.sleep(0.01)
        asked_to_end = time.monotonic()
        server.should_exit = True
        assert closing.result(20) == 1012
        assert waiting.result(20).json() == {"events": [], "last_seq": 1}
    running.join(20)
    assert not running.is_alive()
    assert time.monotonic() - asked_to_end < 8  # far from the 25 seconds that the poll had asked for
