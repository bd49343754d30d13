"""What every post writes has no index that another one makes useless: each is paid by every post."""

import pytest
from django.db import connection, models

from forum.models import Event, Follow, Post, Thread

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Event, Follow, Post, Thread])
def test_no_column_is_indexed_where_another_index_starts_with_it(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        told = connection.introspection.get_constraints(cursor, model._meta.db_table)
    # a text has a second index for `LIKE` on PostgreSQL, and a unique one with a condition holds some rows only
    indexes = {name: one["columns"] for name, one in told.items() if one["index"] and not name.endswith("_like")}
    unique = {name: one["columns"] for name, one in told.items() if one["unique"] and not one["index"]}
    starts = [columns[0] for columns in {**indexes, **unique}.values() if len(columns) > 1]
    assert {name: columns for name, columns in indexes.items() if columns[0] in starts and len(columns) == 1} == {}


def test_threads_and_writers_of_posts_are_still_found_by_an_index() -> None:
    with connection.cursor() as cursor:
        told = connection.introspection.get_constraints(cursor, Post._meta.db_table)
    starts = {one["columns"][0] for one in told.values() if one["columns"] and (one["index"] or one["unique"])}
    assert {"thread_id", "author_id", "parent_id"} <= starts
