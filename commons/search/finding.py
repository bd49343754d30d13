"""Owns finding for a person: the one place that adds their audiences, and reads what was found again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from commons.search.engines import engine
from commons.search.engines.protocol import Hit, Question, Results
from commons.search.sources import audiences_of, facet_names, shape, sources

KIND = "kind"
SORTS = ("", "new", "tried")
SUGGESTED = 8


@dataclass(frozen=True)
class Search:
    """What a person asks for. `facets` names those to count: all when it is None."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] | None = None
    sort: str = ""
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True)
class Found:
    """An answer that this person may see: hits with their addresses, counts, the engine that gave it."""

    results: Results
    hits: tuple[tuple[Hit, str], ...]
    engine: str

    @property
    def total(self) -> int:
        """Return how many documents answer, less those that were just closed to this person."""
        return self.results.total - (len(self.results.hits) - len(self.hits))


def find(user: Any, search: Search) -> Found:
    """Answer a search: only what the person may read, in hits, counts and highlights alike.

    The engine is asked under the person's audiences of this moment; then each row is read through its own
    `*_visible_to`, so that a late index may rank badly but shows nothing hidden. Raises `EngineDownError`.
    """
    question = Question(
        text=search.text,
        audiences=audiences_of(user),
        kinds=search.kinds,
        filters=search.filters,
        facets=(KIND, *facet_names()) if search.facets is None else search.facets,
        sort=search.sort,
        limit=search.limit,
        offset=search.offset,
    )
    results = engine().search(question, shape())
    hits = _open_to(user, results.hits)
    if results.hits and (not hits or hits[0][0] != results.hits[0]):  # its spelling was the best hit's, just closed
        results = replace(results, did_you_mean="")
    return Found(results, hits, engine().name)


def suggest(user: Any, text: str) -> Found:
    """Answer while a person types: the best few, nothing counted."""
    return find(user, Search(text=text, facets=(), limit=SUGGESTED))


def _open_to(user: Any, hits: tuple[Hit, ...]) -> tuple[tuple[Hit, str], ...]:
    addresses: dict[tuple[str, str], str] = {}
    for kind in dict.fromkeys(hit.kind for hit in hits):
        if source := sources().get(kind):
            found = source.visible(user, [hit.id for hit in hits if hit.kind == kind])
            addresses |= {(kind, pk): url for pk, url in found.items()}
    return tuple((hit, addresses[hit.kind, hit.id]) for hit in hits if (hit.kind, hit.id) in addresses)
