"""Owns what apps bring to the search: their documents, who reads them, which facts change them, their synonyms."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from commons.search.engines.protocol import PUBLIC, Document, Shape

Groups = Iterable[Iterable[str]]


@dataclass(frozen=True)
class Source:
    """One kind of findable thing. An app's `search.py` declares it and registers it.

    `documents(ids)` yields the documents of those ids that may be found by anybody at all, `ids()` all such ids;
    `visible(user, ids)` maps the ids that this person may read to their addresses. `marks` says, for each fact of the
    bus, which ids it changes; rows of `model` mark themselves when they are saved or deleted, whoever does it.
    """

    kind: str
    documents: Callable[[Sequence[str]], Iterable[Document]]
    ids: Callable[[], Iterable[str]]
    visible: Callable[[Any, Sequence[str]], Mapping[str, str]]
    marks: Mapping[type, Callable[[Any], Iterable[object]]]
    model: type[Model]
    facets: tuple[str, ...] = ()


@dataclass
class _Registry:
    sources: dict[str, Source] = field(default_factory=dict)
    synonyms: list[Callable[[], Groups]] = field(default_factory=list)
    audiences: list[Callable[[Any], Iterable[str]]] = field(default_factory=list)


_registry = _Registry()


def add(source: Source) -> None:
    """Make a kind known to whoever finds, verifies and rebuilds; `registration.register` also marks its changes."""
    _registry.sources[source.kind] = source


def register_synonyms(groups: Callable[[], Groups]) -> None:
    """Add groups of words that mean the same, read anew whenever the engine needs them."""
    _registry.synonyms.append(groups)


def register_audiences(audiences: Callable[[Any], Iterable[str]]) -> None:
    """Add what tells to which audiences a person belongs, beside `public`."""
    _registry.audiences.append(audiences)


def sources() -> Mapping[str, Source]:
    """Return the sources by kind."""
    return _registry.sources


def audiences_of(user: Any) -> tuple[str, ...]:
    """Return every audience the person belongs to, read from the database as it is now."""
    return (PUBLIC, *sorted({name for tell in _registry.audiences for name in tell(user)}))


def facet_names() -> tuple[str, ...]:
    """Return the facets of all kinds, in the sources' order."""
    return tuple(dict.fromkeys(name for source in _registry.sources.values() for name in source.facets))


def shape() -> Shape:
    """Return what the engine must know before any document."""
    groups = (tuple(group) for read in _registry.synonyms for group in read())
    return Shape(facet_names(), tuple(group for group in groups if len(group) > 1))
