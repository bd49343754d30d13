"""Owns inserting a row by a statement written once for each shape: what many writers wait for is not built anew.

Django builds an INSERT from the model at every call, which takes three times as long as running it.
"""

import functools
from typing import Any

from django.db import connection
from django.db.models import Field, Model


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
