"""Owns the channel layer over Redis: rooms also hear what a thread without an event loop says, at one round trip."""

from functools import cached_property
from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer
from django.conf import settings
from redis import Redis


class RedisLayer(RedisPubSubChannelLayer):
    """Channels' layer; a page process, which has no loop, publishes without starting one for each message.

    A loop, its thread and a fresh connection for every post cost more than the rest of the post.
    """

    def publish(self, group: str, message: dict[str, Any]) -> None:
        """Say to a group, from a thread without a loop, what `group_send` would say."""
        self._server.publish(_channel_of(group), self.serialize(message))

    def is_heard(self, group: str) -> bool:
        """Tell whether any process listens in a group at this moment."""
        [(_channel, listeners)] = self._server.pubsub_numsub(_channel_of(group))
        return bool(listeners)

    @cached_property
    def _server(self) -> Redis:
        return Redis.from_url(settings.REDIS_URL, **settings.REDIS_OPTIONS)


def _channel_of(group: str) -> str:
    """Return under which name Channels' layer subscribes to a group; `tests/commons/live` proves that it does."""
    return f"asgi__group__{group}"
