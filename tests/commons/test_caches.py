"""While Redis is away the cache is empty and nobody is stopped; with Redis it is Redis."""

import os

import pytest
from structlog.testing import capture_logs

from commons import settings
from commons.caches import SAY_AGAIN_SECONDS, PatientRedisCache, SwiftRedisCache

AWAY = "redis://127.0.0.1:1/0"


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> PatientRedisCache:
    """Return a cache whose server does not answer, and that has said nothing yet."""
    monkeypatch.setattr(PatientRedisCache, "_said_at", -SAY_AGAIN_SECONDS)
    return PatientRedisCache(AWAY, {"OPTIONS": settings.REDIS_OPTIONS})


def test_while_redis_is_away_everything_is_a_miss(away: PatientRedisCache) -> None:
    assert (away.get("a"), away.get("a", 7), away.has_key("a"), away.get_many(["a"])) == (None, 7, False, {})
    assert (away.add("a", 1), away.incr("a"), away.incr("a", 3)) == (True, 1, 3)
    away.set("a", 1)
    assert (away.set_many({"a": 1}), away.touch("a"), away.delete("a"), away.get("a")) == ([], False, False, None)
    away.delete_many(["a"])
    away.clear()
    assert away.get_or_set("a", lambda: 5) == 5


def test_it_is_said_once_in_a_while(away: PatientRedisCache) -> None:
    with capture_logs() as logs:
        for _n in range(3):
            away.get("a")
    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("cache_down", "warning")]


def test_what_the_server_keeps_is_returned() -> None:
    """On real services, Redis itself; else there is none to ask, and the settings take the process's memory."""
    backend = settings.CACHES["default"]["BACKEND"]
    if not os.environ.get("REDIS_URL"):
        assert backend == "django.core.cache.backends.locmem.LocMemCache"
        return
    assert backend == "commons.caches.PatientRedisCache"
    cache = PatientRedisCache(os.environ["REDIS_URL"], {"OPTIONS": settings.REDIS_OPTIONS})
    assert (cache.add("essai", 1), cache.add("essai", 2), cache.incr("essai"), cache.get("essai")) == (
        True,
        False,
        2,
        2,
    )
    cache.set_many({"essai": 5, "autre": 6})
    assert (cache.get_many(["essai", "autre"]), cache.touch("essai"), cache.has_key("essai")) == (
        {"essai": 5, "autre": 6},
        True,
        True,
    )
    cache.delete_many(["autre"])
    assert (cache.delete("essai"), cache.has_key("essai"), cache.get("autre")) == (True, False, None)


def test_one_client_asks_for_all_threads() -> None:
    """Making a client takes longer than asking it; which server it asks is still the cache's choice."""
    cache = SwiftRedisCache(AWAY, {"OPTIONS": settings.REDIS_OPTIONS})
    server = cache._cache  # noqa: SLF001 - what it asks through
    asked = [server.get_client("a"), server.get_client("b", write=True)]
    assert asked[0] is asked[1]
    assert asked[0].connection_pool.connection_kwargs["port"] == 1
