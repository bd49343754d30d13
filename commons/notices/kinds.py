"""Owns what apps bring: the kinds of notices with their words, the subjects they are about, which facts make them.

An app's `notices.py` declares them; this module knows no app.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, IntegrityError
from django.db.models import QuerySet
from django.template import TemplateSyntaxError
from django.urls import NoReverseMatch

from commons.errors import CommonsError
from commons.notices.enums import Channel
from commons.people.models import User

Words = Any  # a sentence of gettext_lazy
FAILURES = (
    CommonsError,
    ObjectDoesNotExist,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    NoReverseMatch,
    TemplateSyntaxError,
    DataError,
    IntegrityError,
)
"""What an app's words and readers raise on data that they did not foresee, or by a mistake in them.

The one row is then set aside and tried again later. Anything else (the database is gone, no memory is left) is no fault
of the row: it ends the work, which loses nothing, and the job runner begins it anew.
"""


@dataclass(frozen=True)
class News:
    """What a fact means: a kind of notice, of what subject, to whom.

    `subject` is `noun:id`, or `noun:id#strand` where facts on one thing must not become one notice (two reminders).
    `people` is a query, so that five thousand followers are never read; who caused it (`by_id`) is left out of it, and
    so is who muted the subject, that person, or what it is `about` (a network, say). `detail` is what the words need.
    """

    kind: str
    subject: str
    people: QuerySet[User]
    by_id: int | None = None
    detail: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A subject as one person may see it now, in the language of the moment."""

    title: str
    url: str


@dataclass(frozen=True)
class Subject:
    """A noun that notices are about. `shown(user, ids)` tells only what that person may see (`*_visible_to`)."""

    noun: str
    label: Words
    shown: Callable[[Any, Sequence[str]], Mapping[str, Shown]]


@dataclass(frozen=True)
class Keeping:
    """How an app keeps by itself where people stand towards its things, with whatever else it keeps: no second store.

    `take(by, id, level)` writes a stance (`Level`, or empty for neither) and refuses what may not be taken;
    `level(user, id)` reads it; `muted_by(user)` are the ids that a person muted, `muting(id)` is a query of who did.
    What one follows there, the app's own pages list.
    """

    take: Callable[[User, str, str], None]
    level: Callable[[Any, str], str]
    muted_by: Callable[[Any], Iterable[str]]
    muting: Callable[[str], QuerySet[User]]


def _nothing(_notice: Any, _since: datetime.datetime | None) -> str:
    return ""


def _always(_notice: Any) -> bool:
    return True


def _its_page(_notice: Any, url: str) -> str:
    return url


@dataclass(frozen=True)
class Kind:
    """A kind of notice: its name on the page of choices, its words, where it goes unless a person chose otherwise.

    `sentence(notice, title)` says what happened in one line, `body(notice, since)` what there is to read of it in
    a mail, beyond what an earlier mail said.
    `holds(notice)` tells, at the moment of sending, whether it is still worth saying. Of several kinds on one subject,
    the heaviest names the notice; several facts of one kind are told from the first unread one (`keeps_first`), or by
    the last. One that `is_answerable` may be answered by mail. One that `is_owed` is always told, on the site and by
    mail at once: law or fairness asks for it, and nobody's choice, muting or unsubscribing stops it.
    """

    code: str
    label: Words
    sentence: Callable[[Any, str], str]
    in_app: bool = True
    mail: str = Channel.MAIL
    weight: int = 0
    body: Callable[[Any, datetime.datetime | None], str] = _nothing
    holds: Callable[[Any], bool] = _always
    url: Callable[[Any, str], str] = _its_page
    keeps_first: bool = False
    is_answerable: bool = False
    is_owed: bool = False


@dataclass(frozen=True)
class Entry:
    """A line of a digest: a title that leads somewhere, and a word on why it is there."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a digest that an app brings. `entries(user, since, until)`: some, what may be seen, the best first."""

    code: str
    title: Words
    entries: Callable[[User, datetime.datetime, datetime.datetime], Iterable[Entry]]


Reader = Callable[[Any], Iterable[News]]


@dataclass
class _Registry:
    kinds: dict[str, Kind] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    keepings: dict[str, Keeping] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    facts: dict[str, type] = field(default_factory=dict)
    readers: dict[str, list[Reader]] = field(default_factory=dict)


_registry = _Registry()


def add_kinds(*added: Kind) -> None:
    """Make kinds known."""
    _registry.kinds.update({kind.code: kind for kind in added})


def add_subjects(*added: Subject) -> None:
    """Make subjects known."""
    _registry.subjects.update({subject.noun: subject for subject in added})


def add_keeping(noun: str, keeping: Keeping) -> None:
    """Let an app keep the stances towards its own things."""
    _registry.keepings[noun] = keeping


def add_section(added: Section) -> None:
    """Let digests have another part."""
    _registry.sections[added.code] = added


def add_reader(fact: type, reader: Reader) -> bool:
    """Say what a fact means; return whether it is the first word on it. `outbox.listen` also keeps such facts."""
    name = name_of(fact)
    is_first = name not in _registry.facts
    _registry.facts[name] = fact
    _registry.readers.setdefault(name, []).append(reader)
    return is_first


def name_of(fact: type) -> str:
    """Return the name under which facts of a type are kept."""
    return f"{fact.__module__}.{fact.__qualname__}"


def kinds() -> Mapping[str, Kind]:
    """Return the kinds by code, in the order of the page of choices."""
    return _registry.kinds


def may_choose(code: str) -> bool:
    """Tell whether a kind is known, and may be chosen or stopped."""
    return code in _registry.kinds and not _registry.kinds[code].is_owed


def subjects() -> Mapping[str, Subject]:
    """Return the subjects by noun."""
    return _registry.subjects


def keepings() -> Mapping[str, Keeping]:
    """Return how apps keep stances by themselves, by noun."""
    return _registry.keepings


def sections() -> Iterable[Section]:
    """Return the parts of a digest, in the order of the apps."""
    return _registry.sections.values()


def news_in(name: str, values: Mapping[str, Any]) -> Iterable[News]:
    """Return what a kept fact means; one that no app tells any more means nothing."""
    if fact := _registry.facts.get(name):
        for reader in _registry.readers[name]:
            yield from reader(fact(**values))


def split(subject: str) -> tuple[str, str]:
    """Return the noun and the id that a subject names."""
    noun, _colon, rest = subject.partition(":")
    return noun, rest.partition("#")[0]


def without_strand(subject: str) -> str:
    """Return the subject as it is muted or followed."""
    return subject.partition("#")[0]
