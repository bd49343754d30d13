"""Migrations run while the release before serves: what a table in use would feel has a word that says why it is safe.

A migration that needs one declares `WHILE_SERVED = "…"` beside its class: how it is safe, or what the operator does.
"""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import migrations, models

from tests.architecture.tree import tracked

HARMLESS = (migrations.CreateModel, migrations.AlterModelOptions, migrations.AlterModelManagers)
SENTENCE = 20
BEFORE_FIRST_RELEASE = {
    "events.0004_attendance",
    "events.0006_decisions_reviewed",
    "events.0007_told_as_a_fact",
    "forum.0002_bound_threads",
    "people.0002_user_shows_presence",
    "people.0003_calendar_generation",
    "practices.0004_version_network_as_now",
    "practices.0006_personal_data",
    "practices.0008_trial_readers",
    "practices.0009_trial_readers_as_now",
    "practices.0010_newest_sheets",
}
"""Written when nobody served anything yet. Nothing is added here."""


def _modules() -> Iterator[tuple[str, Any]]:
    for path in tracked():
        if path.parent.name == "migrations" and path.name != "__init__.py" and path.suffix == ".py":
            module = importlib.import_module(".".join(path.with_suffix("").parts))
            yield f"{path.parent.parent.name}.{path.stem}", module


def _model_of(operation: Any) -> str:
    return str(getattr(operation, "model_name", None) or getattr(operation, "name", "")).lower()


def unsafe(operations: list[Any]) -> list[str]:
    """Return the operations that a table in use feels: locked, rewritten, or changed under the code that still runs."""
    new = {_model_of(one) for one in operations if isinstance(one, migrations.CreateModel)}
    found = []
    for one in operations:
        is_new = isinstance(one, HARMLESS) or _model_of(one) in new
        if not is_new and not (isinstance(one, migrations.AddField) and _may_be_left_out(one.field)):
            found.append(f"{type(one).__name__} {_model_of(one)}".strip())
    return found


def _may_be_left_out(field: Any) -> bool:
    """Tell whether code that does not know the column yet can write rows: it is null, or the database fills it."""
    return bool(field.many_to_many or field.null or field.has_db_default())


def test_migrations_are_safe_while_the_release_before_serves() -> None:
    silent = {}
    for name, module in _modules():
        is_first = getattr(module.Migration, "initial", None)
        said = getattr(module, "WHILE_SERVED", "")
        if not is_first and len(said) < SENTENCE and name not in BEFORE_FIRST_RELEASE:
            silent[name] = unsafe(module.Migration.operations)
    told = {name: found for name, found in silent.items() if found}
    assert told == {}, f"{told}: add WHILE_SERVED with the reason why this is safe while the release before serves"


def test_the_list_of_old_ones_names_only_what_is_there() -> None:
    assert BEFORE_FIRST_RELEASE - {name for name, _module in _modules()} == set()


def test_what_is_unsafe_is_seen() -> None:
    text, index = models.TextField(default=""), models.Index(fields=["a"], name="a")
    assert unsafe([migrations.AddField("post", "a", text)]) == ["AddField post"]
    assert unsafe([migrations.RemoveField("post", "a"), migrations.DeleteModel("Draft")]) == [
        "RemoveField post",
        "DeleteModel draft",
    ]
    assert unsafe([migrations.AddIndex("post", index), migrations.RunSQL("SELECT 1")]) == ["AddIndex post", "RunSQL"]
    assert unsafe([migrations.AlterField("post", "a", text), migrations.RenameField("post", "a", "b")]) == [
        "AlterField post",
        "RenameField post",
    ]


def test_what_is_safe_passes() -> None:
    added = [
        migrations.AddField("post", "a", models.TextField(null=True)),
        migrations.AddField("post", "b", models.TextField(db_default="")),
        migrations.AddField("post", "c", models.ManyToManyField("people.User")),
    ]
    created = [
        migrations.CreateModel("Note", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("note", "a", models.TextField(default="")),
        migrations.AddIndex("note", models.Index(fields=["a"], name="a")),
    ]
    assert unsafe([*added, *created, migrations.AlterModelOptions("post", {})]) == []


def test_every_migration_of_ours_is_looked_at() -> None:
    here = {path.parent.parent.name for path in tracked() if path.parent.name == "migrations"}
    assert {name.partition(".")[0] for name, _module in _modules()} == here
    assert Path("forum/migrations/0001_initial.py") in tracked()
