"""Nothing of a person outlives their erasure, and no table may point at people without saying what becomes of it."""

import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import CASCADE, SET_NULL
from django.test import Client

from commons.jobs import huey
from commons.notices.models import Choice, Follow, Notice, Rhythm
from commons.people.actions import ask_export, build_export
from commons.people.enums import ErasureCause, ErasureMode
from commons.people.holdings import holdings
from commons.people.models import Erasure, PersonalExport, User
from tests.factories.lives import OTHER_NAME, STRINGS, Life, whole_life
from tests.factories.people import UserFactory
from tests.factories.search import found_by, fresh_index

pytestmark = pytest.mark.django_db(transaction=True)

TO_DO = """

A table points at people and no app says what becomes of it when they leave. For each column listed above:
1. name it in the COLUMNS of `<app>/personal.py` (see forum/personal.py; its register() is called in apps.py), with one
   sentence on what happens at erasure;
2. let `on_delete` be SET_NULL where the row is also others' (it stays, nameless), CASCADE where it is theirs alone;
3. export it in the `_sections` of that file, and, if counts or texts depend on it, undo them in its `_erase`;
4. let `whole_life` (tests/factories/lives.py) leave such a row, so that the proof below covers it.
"""


def columns_to_people() -> dict[str, Any]:
    """Return every column that points at a person, by its name, whoever owns the table."""
    return {
        f"{model._meta.label}.{field.name}": field.remote_field.on_delete
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is User
    }


def test_every_column_that_points_at_people_says_what_becomes_of_it() -> None:
    declared = {name: said for holding in holdings() for name, said in holding.columns.items()}
    undeclared = sorted(set(columns_to_people()) - set(declared))
    assert undeclared == [], TO_DO
    assert sorted(set(declared) - set(columns_to_people())) == [], "these columns are no more: forget them"
    assert [name for name, said in declared.items() if not said] == []


def test_no_column_keeps_a_person_from_leaving() -> None:
    stuck = {name for name, on_delete in columns_to_people().items() if on_delete not in (CASCADE, SET_NULL)}
    assert stuck == set(), TO_DO


def dumped() -> Iterator[tuple[str, str]]:
    """Yield every value of every column of every table as text, with where it stands."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our own tables
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    yield f"{table}.{column}", _text(value)


def _text(value: Any) -> str:
    """Return a value as it reads: JSON may spell an accent as an escape."""
    if isinstance(value, str) and value[:1] in '{["':
        try:
            return json.dumps(json.loads(value), ensure_ascii=False)
        except ValueError:
            return value
    return json.dumps(value, ensure_ascii=False, default=str)


def found_in(texts: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return where a string of the person stands, whatever its case."""
    strings = [string.casefold() for string in STRINGS]
    return sorted({(where, string) for where, text in texts for string in strings if string in text.casefold()})


def indexed() -> Iterator[tuple[str, str]]:
    """Yield what is found of the person, and every file of the embedded index."""
    for hit in found_by(UserFactory.create(), "Quintefeuille"):
        yield "found", f"quintefeuille {hit}"
    for path in (settings.VAR_DIR / "search").rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes().decode("utf-8", "replace")


def queued() -> Iterator[tuple[str, str]]:
    """Yield every job that waits, and every result that is kept."""
    for task in (*huey.pending(), *huey.scheduled()):
        yield task.name, repr(task.data)
    for key, value in huey.all_results().items():
        yield str(key), repr(value)


def served(life: Life) -> Iterator[tuple[str, str]]:
    """Yield the feeds, the pages and the exports that spoke of the person, as a friend reads them."""
    friend = Client()
    friend.force_login(life.friend)
    paths = ["/flux/fiches.atom", "/flux/fiches.rss", "/sitemap.xml", "/discussions/", "/ateliers/", "/fiches/"]
    paths += [f"/fiches/{life.shared.pk}/export/{form}/" for form in ("md", "csv", "jsonld", "zip")]
    life.thread.refresh_from_db()  # its title may have lost a name, and so its address
    paths += [thing.get_absolute_url() for thing in (life.thread, life.shared, life.past, life.coming)]
    for path in paths:
        response = friend.get(path)
        assert response.status_code == 200, path
        body = b"".join(response.streaming_content) if response.streaming else response.content
        yield path, body.decode("utf-8", "replace")
    export = ask_export(by=life.friend)
    build_export(export_id=export.pk)
    export.refresh_from_db()
    with export.file.open() as file, zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            yield name, archive.read(name).decode("utf-8", "replace")


def told_and_chosen(number: int) -> dict[str, bool]:
    """Return whether something is left of what a person was told, chose and follows, and of stances towards them."""
    left = {model.__name__: model.objects.filter(user=number).exists() for model in (Notice, Choice, Rhythm, Follow)}
    found = Notice.objects.filter(user=number, kind="new_in_search").exists()
    return left | {"found": found, "muted": Follow.objects.filter(subject=f"person:{number}").exists()}


@pytest.mark.parametrize("mode", list(ErasureMode))
def test_nothing_of_a_person_outlives_their_erasure(mode: ErasureMode) -> None:
    life = whole_life()
    fresh_index()
    number, before = life.person.pk, found_in(dumped())
    assert found_in(indexed()) != []
    assert found_in(served(life)) != []
    assert set(told_and_chosen(number).values()) == {True}
    PersonalExport.objects.filter(user=life.friend).delete()
    copy = PersonalExport.objects.get(user=life.person).file
    assert {where.split(".")[0] for where, _string in before} >= {
        "account_emailaddress", "events_block", "events_question", "events_minutes", "events_revision", "events_topic",
        "forum_draft",
        "forum_post", "forum_postrevision", "moderation_auditentry", "moderation_report", "moderation_reportnote",
            "forum_thread", "people_apitoken", "people_user",
        "practices_proposal", "practices_sheet", "practices_trial", "practices_upload", "practices_version",
        "search_savedsearch",
    }  # fmt: skip

    call_command("erase", str(number), "--mode", mode.value, "--name", OTHER_NAME)

    assert not User.objects.filter(pk=number).exists()
    assert found_in(dumped()) == []
    assert set(told_and_chosen(number).values()) == {False}
    assert found_in(indexed()) == []
    assert found_in(queued()) == []
    assert found_in(served(life)) == []
    assert not copy.storage.exists(copy.name)
    done = Erasure.objects.get()
    assert (done.person_number, done.mode, done.cause) == (number, mode, ErasureCause.ADMINISTRATOR)
