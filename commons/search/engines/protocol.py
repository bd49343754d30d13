"""Owns what an engine is given, what it answers, and what it promises."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Protocol

PUBLIC = "public"


class EngineDownError(Exception):
    """The engine does not answer, or refuses; the caller tries again later or goes on without it."""


@dataclass(frozen=True)
class Shape:
    """What engines must know of the documents before they see any: the settings, as code.

    `synonyms` holds groups of words or expressions that mean the same, in any language.
    """

    facets: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Document:
    """One findable thing. Texts are plain; facets map a name to codes; `fresh` is a Unix time in seconds."""

    kind: str
    id: str
    title: str
    audiences: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    trials: int = 0
    fresh: int = 0

    @property
    def key(self) -> str:
        """Return the document's name in an index: unique over all kinds."""
        return key_of(self.kind, self.id)

    @cached_property
    def digest(self) -> str:
        """Return a short text that differs whenever the document does."""
        canonical = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def key_of(kind: str, pk: str) -> str:
    """Return the name of a document of that kind and id."""
    return f"{kind}_{pk}"


def composed(text: str) -> str:
    """Return a text with each accented letter as one character, so that offsets mean the same everywhere."""
    return unicodedata.normalize("NFC", text)


@dataclass(frozen=True)
class Question:
    """What is asked. `filters` keeps, in each named facet, what bears one of the codes; `audiences` is who asks.

    `sort` is empty for relevance, `new` or `tried`. `facets` names those to count; a facet's own choice does not
    narrow its own counts.
    """

    text: str
    audiences: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: str = ""
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True)
class Hit:
    """One document found: its texts, and the same as safe HTML with the words found in `<mark>`."""

    kind: str
    id: str
    title: str
    excerpt: str
    highlights: Mapping[str, str]


@dataclass(frozen=True)
class Results:
    """An answer. `did_you_mean` is the question as the best hit spells it, or empty."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    took_ms: float
    did_you_mean: str = ""


class SearchEngine(Protocol):
    """One index of every kind. Who writes holds the outbox's lock. Any method may raise `EngineDownError`."""

    name: str

    def is_stale(self, shape: Shape) -> bool:
        """Tell whether the index is missing or was made for another shape: only `rebuild` helps."""

    def write(self, documents: Iterable[Document], gone: Iterable[str], shape: Shape) -> None:
        """Put documents in place of those of the same key, take the keys in `gone` out; confirmed when it returns."""

    def rebuild(self, documents: Iterable[Document], shape: Shape) -> int:
        """Make a new index of these alone and put it in place of the old one, which answers until then."""

    def search(self, question: Question, shape: Shape) -> Results:
        """Answer a question."""

    def contents(self) -> Iterator[tuple[str, str]]:
        """Yield the key and digest of every document in the index."""

    def status(self) -> dict[str, Any]:
        """Say in a few facts where the index is and what it holds."""
