"""What a thread without a loop says is heard where rooms are listened to, and only then is a frame built."""

import asyncio
from typing import Any

import pytest
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.conf import settings
from redis.exceptions import RedisError
from structlog.testing import capture_logs

from commons.live.broadcast import broadcast, is_heard, recheck_room

HEARD = {"type": "hub.message", "room": "essai", "texts": {"": "un"}}


async def test_what_is_said_without_a_loop_is_heard() -> None:
    """On real services, over Redis; in one process rooms live in memory, and a room that nobody opened is empty."""
    layer = get_channel_layer()
    if not settings.REDIS_URL:
        assert isinstance(layer, InMemoryChannelLayer)
        assert not is_heard("essai")
        return
    channel = await layer.new_channel()
    assert not await asyncio.to_thread(is_heard, "essai")
    await layer.group_add("essai", channel)
    assert await asyncio.to_thread(is_heard, "essai")
    await asyncio.to_thread(broadcast, "essai", {"": "un"})
    assert await asyncio.wait_for(layer.receive(channel), 5) == HEARD
    await layer.group_discard("essai", channel)
    assert not await asyncio.to_thread(is_heard, "essai")
    await layer.flush()


def test_a_layer_that_is_down_costs_the_writer_nothing(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    layer = {"BACKEND": "commons.live.layers.RedisLayer", "CONFIG": {"hosts": [settings.REDIS_URL]}}
    settings.CHANNEL_LAYERS = {"default": layer}
    with pytest.raises(RedisError):
        get_channel_layer().publish("essai", HEARD)
    with capture_logs() as logs:
        assert is_heard("essai")
        recheck_room("essai")
    assert [entry["event"] for entry in logs] == ["live_layer_down"]
