"""Drop the indexes of foreign keys where another index starts with the same column: each was paid by every post.

The indexes alone: `AlterField` would make the foreign keys anew on PostgreSQL, and the whole tables on SQLite.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WHILE_SERVED = "Dropping an index takes a moment, and every query finds another index that starts with the same column."
DROPPED = {
    "forum_event": {"thread_id": "4ae72bdd"},
    "forum_follow": {"thread_id": "27981a26", "user_id": "c920b2ee"},
    "forum_post": {"thread_id": "f9fa0a56", "author_id": "609b7963"},
    "forum_thread": {"network_id": "ca15f64d", "sheet_id": "7fd4baa7"},
}
"""By table and column: how Django ends the index's name. A text's has a second one for `LIKE` on PostgreSQL."""


def _sql():
    for table, columns in DROPPED.items():
        for column, end in columns.items():
            name = f"{table}_{column}_{end}"
            yield f"DROP INDEX IF EXISTS {name}_like", migrations.RunSQL.noop
            yield f"DROP INDEX IF EXISTS {name}", f"CREATE INDEX {name} ON {table} ({column})"


def _unindexed(model, name, to, on_delete=django.db.models.deletion.CASCADE, **options):
    field = models.ForeignKey(db_index=False, on_delete=on_delete, to=to, **options)
    return migrations.AlterField(model_name=model, name=name, field=field)


MAYBE = {"blank": True, "null": True}


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0005_listing"),
        ("people", "0005_personal_data"),
        ("practices", "0011_facet_statistics"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(drop, create) for drop, create in _sql()],
            state_operations=[
                _unindexed("event", "thread", "forum.thread", related_name="events"),
                _unindexed("follow", "thread", "forum.thread", related_name="follows"),
                _unindexed("follow", "user", settings.AUTH_USER_MODEL, related_name="follows"),
                _unindexed(
                    "post",
                    "author",
                    settings.AUTH_USER_MODEL,
                    django.db.models.deletion.SET_NULL,
                    related_name="posts",
                    null=True,
                ),
                _unindexed("post", "thread", "forum.thread", related_name="posts"),
                _unindexed("thread", "network", "people.network", related_name="threads", **MAYBE),
                _unindexed("thread", "sheet", "practices.sheet", related_name="threads", **MAYBE),
            ],
        )
    ]
