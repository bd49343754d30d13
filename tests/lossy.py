"""Settings of a site whose channel layer throws away three messages in ten."""

import random
from typing import Any

from channels.layers import InMemoryChannelLayer

from commons.live.layers import RedisLayer
from commons.settings import *  # noqa: F403 - all of them, but one
from commons.settings import REDIS_URL

LOST = 0.3


class LossyMemory(InMemoryChannelLayer):
    """The embedded layer, losing messages."""

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """Send, or not."""
        if random.random() >= LOST:
            await super().group_send(group, message)


class LossyRedis(RedisLayer):
    """The Redis layer, losing messages."""

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """Send, or not."""
        if random.random() >= LOST:
            await self._get_layer().group_send(group, message)

    def publish(self, group: str, message: dict[str, Any]) -> None:
        """Say, or not."""
        if random.random() >= LOST:
            super().publish(group, message)


CHANNEL_LAYERS = {
    "default": (
        {"BACKEND": "tests.lossy.LossyRedis", "CONFIG": {"hosts": [REDIS_URL]}}
        if REDIS_URL
        else {"BACKEND": "tests.lossy.LossyMemory", "CONFIG": {"capacity": 10_000}}
    )
}
