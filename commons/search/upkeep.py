"""Owns the index's upkeep: rebuilding it, comparing it with the database, mending what differs."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from commons.search.engines import engine
from commons.search.engines.protocol import EngineDownError
from commons.search.exclusive import only_writer
from commons.search.outbox import all_documents, mark
from commons.search.sources import shape, sources

PATIENCE_SECONDS = 120.0
T = TypeVar("T")


@dataclass(frozen=True)
class Difference:
    """A document that the index lacks (`missing`), has in another state (`outdated`), twice, or too many (`extra`)."""

    key: str
    how: str


def expected_count() -> int:
    """Return how many documents there should be, about."""
    return sum(1 for source in sources().values() for _pk in source.ids())


def rebuild(watched: Callable[[Iterable[T]], Iterable[T]] = lambda documents: documents) -> int:
    """Make the index anew from the database while the old one answers; return how many documents it holds.

    Marks wait meanwhile and are taken by the next drain, so that no write is lost.
    """
    with only_writer(PATIENCE_SECONDS) as is_ours:
        if not is_ours:
            raise EngineDownError("another process has been writing for too long")
        return engine().rebuild(watched(all_documents()), shape())  # type: ignore[arg-type]


def differences() -> Iterator[Difference]:
    """Yield every difference between the database and the index, as both are now."""
    there = list(engine().contents())
    held = dict(there)
    for key, times in Counter(key for key, _digest in there).items():
        if times > 1:
            yield Difference(key, "twice")
    for document in all_documents():
        digest = held.pop(document.key, None)
        if digest is None:
            yield Difference(document.key, "missing")
        elif digest != document.digest:
            yield Difference(document.key, "outdated")
    for key in held:
        yield Difference(key, "extra")


def mend(found: Iterable[Difference]) -> None:
    """Mark what differs, so that the worker sets it right."""
    ids: dict[str, list[str]] = {}
    for difference in found:
        kind, _separator, pk = difference.key.partition("_")
        ids.setdefault(kind, []).append(pk)
    for kind, found_ids in ids.items():
        mark(kind, found_ids)
