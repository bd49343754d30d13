"""The engines, and which one this installation uses."""

from functools import cache

from django.conf import settings

from commons.search.engines.protocol import SearchEngine


@cache
def engine() -> SearchEngine:
    """Return the engine: Meilisearch when `MEILISEARCH_URL` is set, else the embedded one."""
    if settings.MEILISEARCH_URL:
        from commons.search.engines.meili import MeiliEngine  # noqa: PLC0415 - the client is loaded by who uses it

        return MeiliEngine(settings.MEILISEARCH_URL, settings.MEILISEARCH_KEY, settings.MEILISEARCH_INDEX)
    from commons.search.engines.embedded.engine import EmbeddedEngine  # noqa: PLC0415 - same

    return EmbeddedEngine(settings.VAR_DIR / "search")
