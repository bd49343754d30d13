"""Owns statements written once and run often: what many writers wait for is not built anew for each.

Django builds its SQL from the models at every call, which takes three times as long as running it.
"""

import functools
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection, connections
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.signals import post_save
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)
BETWEEN = ";\n"
"""Stands between statements sent in one piece."""


@dataclass
class _Waiting(threading.local):
    """What a thread has written in a block `together`, and not sent: `None` outside of one."""

    statements: list[tuple[str, list[Any]]] | None = None


_waiting = _Waiting()


@contextmanager
def together() -> Iterator[None]:
    """Send what this module writes in the block at its end, in its order and in one piece: none waits for another.

    What a statement refuses is raised at the end of the block, and no row is given its key in it; a block that fails
    sends nothing, one within another ends with it. SQLite, where nothing travels, runs each at once.
    """
    if connection.vendor == "sqlite" or _waiting.statements is not None:
        yield
        return
    written = _waiting.statements = []
    try:
        yield
    finally:
        _waiting.statements = None
    if written:
        here: Any = connections[connection.alias]
        here.ensure_connection()
        wrap = here.make_debug_cursor if here.queries_logged else here.make_cursor
        # PostgreSQL plans one statement at a time: of several in one text, the values are put into it here.
        with wrap(here.Database.ClientCursor(here.connection)) as cursor:
            cursor.execute(BETWEEN.join(sql for sql, _values in written), [v for _sql, some in written for v in some])


def insert_row(row: Model, *, unique: tuple[str, ...] = (), update: tuple[str, ...] = ()) -> None:
    """Insert a row as `save(force_insert=True)` does, and give it its key; no signal is sent, as by `bulk_create`.

    Where a row with the same `unique` fields is there already, its `update` fields are overwritten instead; the key
    of that one is not told.
    """
    sql, fields = _insertion(type(row), connection.vendor, unique, update)
    told = _write(sql, [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields])
    if told:
        row.pk = told[0]
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as `Model.save` does


def save_fields(row: Model, *names: str) -> None:
    """Write some fields of a row that is there, and tell so, as `save(update_fields=names)` does."""
    sql, fields = _update(type(row), connection.vendor, names)
    _write(sql, [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in fields])
    post_save.send(
        type(row), instance=row, created=False, update_fields=frozenset(names), raw=False, using=connection.alias
    )


def delete_rows(model: type[Model], **same: Any) -> None:
    """Delete the rows where these fields are so, of a table that no other refers to; no signal is sent."""
    sql, fields = _deletion(model, connection.vendor, tuple(same))
    said = zip(fields, same.values(), strict=True)
    _write(sql, [field.get_db_prep_save(value, connection) for field, value in said])


def _write(sql: str, values: list[Any]) -> Any:
    """Run a statement, or let it wait in a block `together`; return the row that it tells, if any."""
    if _waiting.statements is not None:
        _waiting.statements.append((sql, values))
        return None
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone() if cursor.description else None


Statement = tuple[str, list["Field[Any, Any]"]]


@functools.cache
def _insertion(model: type[Model], _vendor: str, unique: tuple[str, ...], update: tuple[str, ...]) -> Statement:
    meta: Any = model._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    marks = ", ".join(["%s"] * len(fields))
    if unique:
        news = ", ".join(f"{name} = excluded.{name}" for name in _columns(_named(model, update)))
        end = f"ON CONFLICT ({', '.join(_columns(_named(model, unique)))}) DO UPDATE SET {news}"
    else:
        end = f"RETURNING {_columns([meta.pk])[0]}"
    columns = ", ".join(_columns(fields))
    return f"INSERT INTO {_table(model)} ({columns}) VALUES ({marks}) {end}", fields  # noqa: S608 - our models' names


@functools.cache
def _update(model: type[Model], _vendor: str, names: tuple[str, ...]) -> Statement:
    fields, key = _named(model, names), model._meta.pk
    said = ", ".join(f"{column} = %s" for column in _columns(fields))
    return f"UPDATE {_table(model)} SET {said} WHERE {_columns([key])[0]} = %s", [*fields, key]  # noqa: S608 - same


@functools.cache
def _deletion(model: type[Model], _vendor: str, names: tuple[str, ...]) -> Statement:
    fields = _named(model, names)
    said = " AND ".join(f"{column} = %s" for column in _columns(fields))
    return f"DELETE FROM {_table(model)} WHERE {said}", fields  # noqa: S608 - same


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _named(model: type[Model], names: Sequence[str]) -> list["Field[Any, Any]"]:
    meta: Any = model._meta
    return [meta.get_field(name) for name in names]


def _columns(fields: Sequence[Any]) -> list[str]:
    return [connection.ops.quote_name(field.column) for field in fields]


class Slot(Expression):
    """Stands in a query for a value that is said when it is asked."""

    def __init__(self, place: int, output_field: "Field[Any, Any]") -> None:
        """Take the place of the value among those that will be said, and its type."""
        super().__init__(output_field=output_field)
        self.place = place

    def as_sql(self, _compiler: Any, _connection: Any) -> Any:
        """Leave the place open."""
        return "%s", [self]


class Ready(Generic[M]):
    """A query with slots, whose SQL each thread makes once; its rows are read as Django reads any."""

    def __init__(self, build: Callable[..., QuerySet[M, Any]], *said: "Field[Any, Any]") -> None:
        """Take the query, as a function of what is said, and the types of that."""
        self._build, self._said = build, said
        self._kept = threading.local()

    def first(self, *values: Any) -> M | None:
        """Return the first row of the query with these values; `None` where there is none.

        A row is locked within a transaction only, as Django sees to when it makes the SQL.
        """
        made = self._made()
        row = self._row(made, values)
        return made.instance(row) if row else None

    def value(self, *values: Any) -> Any:
        """Return the first column of the first row; `None` where there is no row."""
        row = self._row(self._made(), values)
        return row[0] if row else None

    def _row(self, made: "_Made", values: Sequence[Any]) -> Any:
        if made.is_locking and connection.get_autocommit():
            message = "A row is locked in a transaction."
            raise TransactionManagementError(message)
        said = [field.get_db_prep_value(value, connection) for field, value in zip(self._said, values, strict=True)]
        bound = [said[param.place] if isinstance(param, Slot) else param for param in made.params]
        with connection.cursor() as cursor:
            cursor.execute(made.sql, bound)
            return cursor.fetchone()

    def _made(self) -> "_Made":
        made: _Made | None = getattr(self._kept, "made", None)
        if made is None or made.connection is not connections[connection.alias]:
            slots = [Slot(place, field) for place, field in enumerate(self._said)]
            made = self._kept.made = _Made(self._build(*slots))
        return made


class _Made:
    """The SQL of a query for one connection, and how its rows are read: what `ModelIterable` finds anew each time."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        compiler: Any = rows.query.get_compiler(connection.alias)
        self.sql, self.params = compiler.as_sql()
        self.connection, self.is_locking = compiler.connection, compiler.query.select_for_update
        self._compiler, self._model = compiler, rows.model
        self._converters = compiler.get_converters([column for column, *_named in compiler.select])
        if compiler.klass_info:
            own = compiler.klass_info["select_fields"]
            self._names = [compiler.select[place][0].target.attname for place in own]
            self._joined = get_related_populators(compiler.klass_info, compiler.select, connection.alias)  # type: ignore[call-arg]

    def instance(self, row: Any) -> Any:
        """Return the row as an instance, with those joined to it."""
        (converted,) = self._compiler.apply_converters([row], self._converters)
        found = self._model.from_db(connection.alias, self._names, converted[: len(self._names)])
        for joined in self._joined:
            joined.populate(converted, found)
        return found
