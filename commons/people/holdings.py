"""Owns the register of what each app keeps of a person: how it is copied for them, and how it lets go of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Manager, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise

from commons.people.enums import ErasureMode

Files = Iterable[tuple[str, FieldFile]]


@dataclass(frozen=True)
class Section:
    """A part of a person's copy: a name for programs, a title for people, rows of plain values."""

    name: str
    title: str | Promise
    rows: list[dict[str, Any]]


def _no_files(_person: Any) -> Files:
    return ()


@dataclass(frozen=True)
class Holding:
    """What one app keeps of people.

    `columns` names each column that points at a person (`forum.Post.author`) and says in one sentence what becomes of
    it when that person leaves: a test fails for a column that no app declares. `erase` runs in the transaction that
    deletes the account, before it: what it leaves pointing at the person is emptied or deleted by `on_delete`.
    `signed` names the paths, in JSON, of names that say who wrote (`authors.name`).
    """

    app: str
    columns: Mapping[str, str]
    sections: Callable[[Any], Iterable[Section]]
    erase: Callable[[Any, ErasureMode], None]
    files: Callable[[Any], Files] = _no_files
    signed: frozenset[str] = frozenset()


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Say what an app keeps of people; called once, when the app is ready."""
    _holdings[holding.app] = holding


def holdings() -> Iterator[Holding]:
    """Yield what each app keeps; the last to be ready lets go first."""
    yield from reversed(_holdings.values())


def section(name: str, title: str | Promise, rows: QuerySet[Any] | Manager[Any], *columns: str) -> Section:
    """Return a section of these columns of these rows, oldest first."""
    return Section(name, title, list(rows.order_by("pk").values(*columns)))
