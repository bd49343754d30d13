"""A backup holds every row and upload of one moment; brought back, everything is as it was."""

import datetime
import json
import os
import stat
import subprocess
import sys
import threading
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from commons.backups import NOT_KEPT, BackupError, line_of, restore_backup, write_backup
from commons.people.models import User
from commons.search.engines import engine
from commons.vocabularies.actions import load_vocabularies
from forum.models import Post, Thread
from practices.models import Sheet, Upload
from tests.factories.files import illustrated_sheet
from tests.factories.forum import posts_in, thread_of
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.sheets import published_sheet, sheet_in

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]


def a_commons() -> User:
    """Write something of each kind: sheets with pictures, drafts, discussions, members, somebody signed in."""
    member, network = UserFactory.create(), NetworkFactory.create(name="Réseau « œuvres »")
    join(member, network)
    illustrated_sheet()
    published_sheet(member, title="L’été à l’opéra 🎭")
    sheet_in("submitted", by=member, network=network)
    posts_in(thread_of(member, network=network), 3, by=member)
    signed_in(member).get("/")
    return member


def exported(folder: Path) -> dict[str, bytes]:
    call_command("export_sheets", str(folder), "--all")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def contents(archive: Path) -> dict[str, bytes]:
    with ZipFile(archive) as held:
        return {name: held.read(name) for name in held.namelist() if name != "manifest.json"}


def test_a_backup_brought_back_gives_equal_exports_and_equal_rows(tmp_path: Path) -> None:
    member = a_commons()
    before = exported(tmp_path / "before")
    assert len(before) == 7  # two sheets, and the five files of one
    call_command("backup", str(tmp_path / "one.zip"))
    assert stat.S_IMODE((tmp_path / "one.zip").stat().st_mode) == 0o600
    Post.objects.all().delete()
    Sheet.objects.update(content={}, version=None)
    for upload in Upload.objects.all():
        default_storage.delete(str(upload.file.name))
    UserFactory.create(email="intrus@maison.example")
    call_command("restore", str(tmp_path / "one.zip"), "--replace")
    assert exported(tmp_path / "after") == before
    write_backup(tmp_path / "two.zip")
    assert contents(tmp_path / "two.zip") == contents(tmp_path / "one.zip")
    assert not User.objects.filter(email="intrus@maison.example").exists()
    posts_in(Thread.objects.get(), 1, by=User.objects.get(pk=member.pk))  # numbers go on after the highest one
    assert Post.objects.count() == 5


def test_the_archive_holds_every_table_but_who_was_signed_in(tmp_path: Path) -> None:
    a_commons()
    summary = write_backup(tmp_path / "one.zip")
    with connection.cursor() as cursor:
        there = {name for name in connection.introspection.table_names(cursor) if name != "django_migrations"}
        cursor.execute("SELECT COUNT(*) FROM django_session")
        assert cursor.fetchone() == (1,)
    kept = set(summary.tables)
    assert len(kept) == len(there) - len(NOT_KEPT)
    assert kept & NOT_KEPT == set()
    assert (summary.files, summary.missing) == (Upload.objects.count(), [])
    assert json.loads(ZipFile(tmp_path / "one.zip").read("manifest.json"))["tables"] == summary.tables


def test_an_upload_that_is_lost_is_said_and_the_rest_is_kept(tmp_path: Path) -> None:
    a_commons()
    lost = Upload.objects.order_by("pk").values_list("file", flat=True)[0]
    default_storage.delete(lost)
    with pytest.raises(CommandError, match=rf"written, but these uploads are not in the storage: {lost}"):
        call_command("backup", str(tmp_path / "one.zip"))
    assert restore_backup(tmp_path / "one.zip", replace=True).missing == [lost]


def test_writers_go_on_and_the_backup_is_one_moment(tmp_path: Path) -> None:
    thread, is_posted = thread_of(), threading.Event()

    def post() -> None:
        posts_in(thread, 1)
        connection.close()
        is_posted.set()

    def meanwhile(execute: Any, sql: str, *args: Any) -> Any:
        """Let somebody post after the first table was read, and before the posts are."""
        answer = execute(sql, *args)
        if "account_emailaddress" in sql and not is_posted.is_set():
            writer = threading.Thread(target=post)
            writer.start()
            assert is_posted.wait(15), "the writer was kept waiting"
            writer.join()
        return answer

    with connection.execute_wrapper(meanwhile):
        summary = write_backup(tmp_path / "one.zip")
    assert Post.objects.count() == 2
    assert (summary.tables["forum.Post"], summary.tables["forum.Event"]) == (1, 1)


def test_it_goes_into_another_database(tmp_path: Path) -> None:
    """From this test's database, SQLite or PostgreSQL, into an empty SQLite that nobody prepared."""
    a_commons()
    before = exported(tmp_path / "before")
    write_backup(tmp_path / "one.zip")
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    environment = kept | {"COMMONS_VAR": str(tmp_path / "var"), "DJANGO_SETTINGS_MODULE": "commons.settings"}
    for words in (["restore", str(tmp_path / "one.zip")], ["export_sheets", str(tmp_path / "after"), "--all"]):
        subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True, capture_output=True
        )
    after = tmp_path / "after"
    assert {p.relative_to(after).as_posix(): p.read_bytes() for p in after.rglob("*") if p.is_file()} == before


def test_an_installation_with_people_is_not_overwritten(tmp_path: Path) -> None:
    write_backup(tmp_path / "one.zip")
    UserFactory.create()
    with pytest.raises(CommandError, match=r"Restore into an empty one, or add --replace to lose it\."):
        call_command("restore", str(tmp_path / "one.zip"))
    assert User.objects.count() == 1


def test_a_broken_backup_changes_nothing(tmp_path: Path) -> None:
    a_commons()
    write_backup(tmp_path / "one.zip")
    before = Post.objects.count()
    whole = (tmp_path / "one.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    place = whole.index(b"PK\x03\x04", 2_000) + 60
    (tmp_path / "spoilt.zip").write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
    (tmp_path / "text.zip").write_text("rien")
    for name in ("cut.zip", "spoilt.zip", "text.zip"):
        with pytest.raises(BackupError, match="is no whole backup of Commons"):
            restore_backup(tmp_path / name, replace=True)
    assert Post.objects.count() == before


def rewritten(tmp_path: Path, **facts: object) -> Path:
    """Return a backup whose manifest says something else."""
    write_backup(tmp_path / "one.zip")
    with ZipFile(tmp_path / "one.zip") as held, ZipFile(tmp_path / "two.zip", "w") as copy:
        for name in held.namelist():
            text = held.read(name)
            copy.writestr(name, json.dumps(json.loads(text) | facts) if name == "manifest.json" else text)
    return tmp_path / "two.zip"


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"format": 2}, "made by a newer Commons: install that one"),
        ({"migrations": [["forum", "9999_later"]]}, r"made by a newer Commons \(forum.9999_later\)"),
        ({"migrations": [["people", "0001_initial"]]}, "The tables here are newer than the backup"),
        ({"tables": {"vocabularies.Vocabulary": 1}}, "rows instead of 1"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, facts: dict[str, object], refusal: str) -> None:
    load_vocabularies()
    with pytest.raises(BackupError, match=refusal):
        restore_backup(rewritten(tmp_path, **facts), replace=True)


def test_every_kind_of_value_has_a_word() -> None:
    moment = datetime.datetime(2026, 11, 27, 1, 2, 3, 400, tzinfo=datetime.UTC)
    row = [moment, moment.date(), datetime.timedelta(hours=1), b"\0\xff", Decimal("1.50"), uuid.UUID(int=7), None, "é"]
    assert json.loads(line_of(row)) == [
        "2026-11-27T01:02:03.000400+00:00",
        "2026-11-27",
        "P0DT01H00M00S",
        "AP8=",
        "1.50",
        "00000000-0000-0000-0000-000000000007",
        None,
        "é",
    ]
    with pytest.raises(TypeError, match="set has no place in a backup yet"):
        line_of([{1}])


def test_a_search_engine_that_is_down_is_said(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_backup(tmp_path / "one.zip")
    settings.MEILISEARCH_URL = "http://127.0.0.1:1"
    engine.cache_clear()
    try:
        call_command("restore", str(tmp_path / "one.zip"), "--replace")
    finally:
        engine.cache_clear()
    assert "run `manage.py search rebuild` when it answers" in capsys.readouterr().err
