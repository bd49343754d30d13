"""Owns statements written once and run often: what many writers wait for is not built anew for each.

Django builds its SQL from the models at every call, which takes three times as long as running it.
"""

import functools
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import connection, connections
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)


def insert_row(row: Model, *, unique: tuple[str, ...] = (), update: tuple[str, ...] = ()) -> None:
    """Insert a row as `save(force_insert=True)` does, and give it its key; no signal is sent, as by `bulk_create`.

    Where a row with the same `unique` fields is there already, its `update` fields are overwritten instead; the key
    of that one is not told.
    """
    sql, fields = _statement(type(row), connection.vendor, unique, update)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        if not unique:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as `Model.save` does


@functools.cache
def _statement(
    model: type[Model], _vendor: str, unique: tuple[str, ...], update: tuple[str, ...]
) -> tuple[str, list["Field[Any, Any]"]]:
    meta: Any = model._meta
    quoted = connection.ops.quote_name
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    columns = ", ".join(quoted(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    if unique:
        same = ", ".join(quoted(meta.get_field(name).column) for name in unique)
        news = [quoted(meta.get_field(name).column) for name in update]
        end = f"ON CONFLICT ({same}) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in news)}"
    else:
        end = f"RETURNING {quoted(meta.pk.column)}"
    return f"INSERT INTO {quoted(meta.db_table)} ({columns}) VALUES ({marks}) {end}", fields  # noqa: S608 - our models' names


class Slot(Expression):
    """Stands in a query for a value that is said when it is asked."""

    def __init__(self, output_field: "Field[Any, Any]") -> None:
        """Take the type of what will be said."""
        super().__init__(output_field=output_field)

    def as_sql(self, _compiler: Any, _connection: Any) -> Any:
        """Leave the place open."""
        return "%s", [self]


class Ready(Generic[M]):
    """A query with one slot, whose SQL each thread makes once; its rows are read as Django reads any."""

    def __init__(self, build: Callable[[Slot], QuerySet[M]], said: "Field[Any, Any]") -> None:
        """Take the query, as a function of what is said, and the type of that."""
        self._build, self._said = build, said
        self._kept = threading.local()

    def first(self, value: Any) -> M | None:
        """Return the first row of the query with this value; `None` where there is none.

        A row is locked within a transaction only, as Django sees to when it makes the SQL.
        """
        compiler, sql, params = self._compiled()
        if compiler.query.select_for_update and connection.get_autocommit():
            message = "A row is locked in a transaction."
            raise TransactionManagementError(message)
        said = self._said.get_db_prep_value(value, connection)
        bound = tuple(said if isinstance(param, Slot) else param for param in params)
        compiler.as_sql = lambda *_args, **_options: (sql, bound)
        asked = SimpleNamespace(get_compiler=lambda **_using: compiler)
        rows: Iterator[M] = iter(
            ModelIterable(SimpleNamespace(db=connection.alias, query=asked, _known_related_objects={}))  # type: ignore[arg-type]
        )
        return next(rows, None)

    def _compiled(self) -> tuple[Any, str, tuple[Any, ...]]:
        if getattr(self._kept, "connection", None) is not connections[connection.alias]:
            compiler = self._build(Slot(self._said)).query.get_compiler(connection.alias)
            self._kept.connection, self._kept.made = compiler.connection, (compiler, *compiler.as_sql())
        made: tuple[Any, str, tuple[Any, ...]] = self._kept.made
        return made
