"""Owns what apps bring to moderation: the kinds of things that can be reported, and the names of moderators' deeds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from commons.errors import Text
from commons.people.models import Network, User


@dataclass(frozen=True)
class Reported:
    """A thing as it is now: what a moderator needs to judge a report, and who may handle it beside moderators."""

    label: str
    url: str
    excerpt: str
    about: User | None
    network: Network | None = None


@dataclass(frozen=True)
class Subject:
    """A kind of thing. `find(user, id)` returns it as this person may read it, or `None`: hidden and missing alike."""

    kind: str
    label: Text
    find: Callable[[Any, str], Reported | None]


@dataclass
class _Registry:
    subjects: dict[str, Subject] = field(default_factory=dict)
    deeds: dict[str, Text] = field(default_factory=dict)


_registry = _Registry()


def register(subject: Subject) -> None:
    """Let things of a kind be reported; called once, when the app is ready."""
    _registry.subjects[subject.kind] = subject


def register_deeds(deeds: Mapping[str, Text]) -> None:
    """Name the deeds that an app writes in the audit trail."""
    _registry.deeds.update(deeds)


def found(user: Any, kind: str, object_id: str) -> Reported | None:
    """Return the thing that a kind and an id name, if this person may read it."""
    subject = _registry.subjects.get(kind)
    return subject.find(user, object_id) if subject else None


def kinds() -> list[str]:
    """Return the kinds that can be reported."""
    return sorted(_registry.subjects)


def label_of(kind: str) -> str:
    """Return the noun of a kind; the code itself when no app brings it any more."""
    return str(_registry.subjects[kind].label) if kind in _registry.subjects else kind


def deed_label(deed: str) -> str:
    """Return a deed in words; the code itself when no app names it any more."""
    return str(_registry.deeds.get(deed, deed))
