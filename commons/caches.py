"""Owns the cache of several processes: Redis, whose absence slows pages and stops none; one client asks it."""

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = structlog.get_logger(__name__)
SAY_AGAIN_SECONDS = 10.0


class _OneClient(RedisCacheClient):
    """Django makes a client anew for each question, which takes longer than asking it; one serves every thread."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._clients: dict[int, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        index: int = super()._get_connection_pool_index(write)  # type: ignore[misc]
        if index not in self._clients:
            self._clients[index] = super().get_client(key, write=write)
        return self._clients[index]


class SwiftRedisCache(RedisCache):
    """Redis."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        """Ask through one client."""
        super().__init__(server, params)
        self._class = _OneClient


class PatientRedisCache(SwiftRedisCache):
    """Redis; while it is away, everything is a miss and nothing is kept.

    A cache holds nothing that must be true. Limits count again from one, which is better than refusing everybody.
    """

    _said_at = -SAY_AGAIN_SECONDS

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Keep if absent; as if it was, while Redis is away."""
        return bool(self._asked(lambda: super(PatientRedisCache, self).add(key, value, timeout, version), True))  # noqa: FBT003

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        """Return what is kept, else the default."""
        return self._asked(lambda: super(PatientRedisCache, self).get(key, default, version), default)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        """Keep."""
        self._asked(lambda: super(PatientRedisCache, self).set(key, value, timeout, version), None)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Keep for longer."""
        return bool(self._asked(lambda: super(PatientRedisCache, self).touch(key, timeout, version), False))  # noqa: FBT003

    def delete(self, key: Any, version: Any = None) -> bool:
        """Forget."""
        return bool(self._asked(lambda: super(PatientRedisCache, self).delete(key, version), False))  # noqa: FBT003

    def get_many(self, keys: Any, version: Any = None) -> dict[Any, Any]:
        """Return what is kept of these."""
        found: dict[Any, Any] = self._asked(lambda: super(PatientRedisCache, self).get_many(keys, version), {})
        return found

    def has_key(self, key: Any, version: Any = None) -> bool:
        """Tell whether it is kept."""
        return bool(self._asked(lambda: super(PatientRedisCache, self).has_key(key, version), False))  # noqa: FBT003

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        """Count; from one, while Redis is away."""
        return int(self._asked(lambda: super(PatientRedisCache, self).incr(key, delta, version), delta))

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> list[Any]:
        """Keep these; return none that failed, since nobody can do anything about it."""
        self._asked(lambda: super(PatientRedisCache, self).set_many(data, timeout, version), None)
        return []

    def delete_many(self, keys: Any, version: Any = None) -> None:
        """Forget these."""
        self._asked(lambda: super(PatientRedisCache, self).delete_many(keys, version), None)

    def clear(self) -> None:
        """Forget all."""
        self._asked(super().clear, None)

    def _asked(self, ask: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return ask()
        except RedisError as error:
            now = time.monotonic()
            if now - PatientRedisCache._said_at >= SAY_AGAIN_SECONDS:
                PatientRedisCache._said_at = now
                logger.warning("cache_down", error=str(error))
            return otherwise
