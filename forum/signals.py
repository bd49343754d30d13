"""The facts that the forum tells, on commit. They carry ids; receivers read what they need."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ThreadEvent:
    """A thread changed: the change's number and kind, and the post it is about."""

    thread_id: str
    seq: int
    kind: str
    post_id: int | None
    added: Any = field(default=None, compare=False, repr=False)
    """The post itself when it was written just now: its room is told without a read, which costs half of a post."""


@dataclass(frozen=True)
class ThreadAdded:
    """A thread was opened."""

    thread_id: str
    by_id: int


@dataclass(frozen=True)
class PostAdded:
    """A post may be read: written just now, or let through by a moderator. Nobody's, in an anonymous thread."""

    post_id: int
    thread_id: str
    by_id: int | None


@dataclass(frozen=True)
class PostHeld:
    """A newcomer's post waits for a moderator. Nobody's, in an anonymous thread."""

    post_id: int
    thread_id: str
    by_id: int | None


@dataclass(frozen=True)
class PostModerated:
    """A moderator did something to somebody else's post: changed, deleted, restored it, or let it appear."""

    post_id: int
    deed: str
    by_id: int


@dataclass(frozen=True)
class PersonMentioned:
    """A post that readers see names a person who may read it, for the first time; `by_id` wrote it."""

    user_id: int
    post_id: int
    thread_id: str
    by_id: int | None


@dataclass(frozen=True)
class AnswerAccepted:
    """A question found its answer."""

    thread_id: str
    post_id: int
    by_id: int


@dataclass(frozen=True)
class ThreadAudienceChanged:
    """Who may read a thread may have changed: whoever is listening is asked again."""

    thread_id: str
