"""Owns backups: one archive with every row and upload, the same whatever the database, and bringing it back."""

import base64
import datetime
import json
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import FileField, Model
from django.db.models.sql import InsertQuery
from django.utils import timezone
from django.utils.duration import duration_iso_string

FORMAT = 1
BATCH = 200
NOT_KEPT = frozenset({"sessions.Session", "usersessions.UserSession"})
"""Who was signed in on which device: after a restoration people sign in again."""


class BackupError(Exception):
    """Why a backup cannot be made or brought back, with what to do."""


@dataclass
class Summary:
    """What a backup holds: rows by table, uploads, and the names of uploads that rows name and that are lost."""

    made_at: str = ""
    engine: str = ""
    migrations: list[list[str]] = field(default_factory=list)
    tables: dict[str, int] = field(default_factory=dict)
    files: int = 0
    missing: list[str] = field(default_factory=list)
    search: dict[str, str] = field(default_factory=dict)


def write_backup(target: Path) -> Summary:
    """Write one moment of the whole installation to a ZIP that only its owner may read, while everybody goes on.

    Sessions and the search index are left out: people sign in again, and the index is built again from the rows. An
    upload that vanishes meanwhile is named in the summary. The file appears under its name when it is whole and read
    again, never before.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupError("The database waits for migrations: run `manage.py migrate` first.")
    migrations = sorted([app, name] for app, name in executor.loader.graph.leaf_nodes())
    summary = Summary(timezone.now().isoformat(), connection.vendor, migrations, search=_search_settings())
    part = target.with_name(f"{target.name}.part")
    part.touch(mode=0o600)
    with ZipFile(part, "w", ZIP_DEFLATED) as archive:
        with _one_moment():
            names = [name for model in _kept_models(apps) for name in _write_rows(archive, model, summary)]
        for name in sorted(set(names)):
            _write_file(archive, name, summary)
        archive.writestr("manifest.json", json.dumps({"format": FORMAT} | vars(summary), indent=1))
    with ZipFile(part) as archive:
        if (broken := archive.testzip()) is not None:
            raise BackupError(f"{broken} was not written well: is the disk full?")
    part.replace(target)
    return summary


def restore_backup(source: Path, *, replace: bool = False) -> Summary:
    """Bring a backup back, rows and uploads in one transaction, into an empty installation of any database.

    The tables are made as they were when the backup was written, filled, then brought to this version. An
    installation with people in it is refused unless `replace`, and then everything in it goes.
    """
    try:
        with ZipFile(source) as archive:
            summary = _manifest(archive)
            _make_tables(summary, replace=replace)
            targets = [(app, name) for app, name in summary.migrations]
            state = MigrationExecutor(connection).loader.project_state(targets)
            with transaction.atomic():
                models = {model._meta.label: model for model in _kept_models(state.apps)}
                _empty(state.apps)
                for label, count in summary.tables.items():
                    _read_rows(archive, models[label], count)
                _reset_sequences(list(models.values()))
                for name in archive.namelist():
                    if name.startswith("media/"):
                        _read_file(archive, name)
    except (BadZipFile, KeyError, ValueError) as error:
        raise BackupError(f"{source} is no whole backup of Commons: {error}") from error
    cache.clear()
    return summary


def _search_settings() -> dict[str, str]:
    engine = "meilisearch" if settings.MEILISEARCH_URL else "embedded"
    return {"engine": engine, "index": settings.MEILISEARCH_INDEX}


def _kept_models(registry: Any) -> list[type[Model]]:
    models = registry.get_models(include_auto_created=True)
    found = [one for one in models if one._meta.managed and not one._meta.proxy and one._meta.label not in NOT_KEPT]
    return sorted(found, key=lambda one: str(one._meta.label))


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read the whole database as it is now, whatever others write meanwhile, and stop none of them."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")  # deferred: `atomic` would take the write lock, and keep writers waiting
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _write_rows(archive: ZipFile, model: type[Model], summary: Summary) -> Iterator[str]:
    """Write a table, a row a line; yield the names of the uploads that its rows name."""
    fields = model._meta.concrete_fields
    files = [place for place, one in enumerate(fields) if isinstance(one, FileField)]
    count = 0
    with archive.open(f"rows/{model._meta.label}.jsonl", "w", force_zip64=True) as entry:
        entry.write(line_of([one.attname for one in fields]))
        rows = model._base_manager.order_by("pk").values_list(*(one.attname for one in fields))
        for row in rows.iterator(chunk_size=2_000):
            entry.write(line_of(row))
            count += 1
            yield from (row[place] for place in files if row[place])
    summary.tables[model._meta.label] = count


def line_of(row: Any) -> bytes:
    """Return a row as a line of JSON, whatever its values are."""
    return json.dumps(row, default=_plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> str:
    """Return what JSON has no word for, as each field's `to_python` reads it."""
    if isinstance(value, datetime.timedelta):
        return duration_iso_string(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    message = f"{type(value).__name__} has no place in a backup yet"
    raise TypeError(message)


def _write_file(archive: ZipFile, name: str, summary: Summary) -> None:
    try:
        held = default_storage.open(name)
    except FileNotFoundError:
        summary.missing.append(name)
        return
    entry = ZipInfo(f"media/{name}", timezone.now().timetuple()[:6])
    entry.compress_type = ZIP_STORED  # pictures and archives are compressed already
    with held, archive.open(entry, "w", force_zip64=True) as copy:
        shutil.copyfileobj(held, copy)
    summary.files += 1


def _manifest(archive: ZipFile) -> Summary:
    manifest = json.loads(archive.read("manifest.json"))
    if manifest.pop("format") != FORMAT:
        raise BackupError("This backup was made by a newer Commons: install that one.")
    return Summary(**manifest)


def _make_tables(summary: Summary, *, replace: bool) -> None:
    executor = MigrationExecutor(connection)
    targets = [(app, name) for app, name in summary.migrations]
    if unknown := [f"{app}.{name}" for app, name in targets if (app, name) not in executor.loader.graph.nodes]:
        raise BackupError(f"This backup was made by a newer Commons ({', '.join(unknown)}): install that one.")
    person = settings.AUTH_USER_MODEL.lower().replace(".", "_")
    if person in connection.introspection.table_names() and not replace:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(person)} LIMIT 1")  # noqa: S608 - our own table
            if cursor.fetchone():
                raise BackupError(
                    "There are people in this installation. Restore into an empty one, or add --replace to lose it."
                )
    plan = executor.migration_plan(targets)
    if any(is_backwards for _migration, is_backwards in plan):
        raise BackupError("The tables here are newer than the backup: restore into an empty database, unprepared.")
    executor.migrate(targets)


def _empty(registry: Any) -> None:
    """Take away what migrations wrote, or what was here."""
    with connection.cursor() as cursor:
        for model in registry.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - our own


def _read_rows(archive: ZipFile, model: type[Model], count: int) -> None:
    """Fill a table as its rows were: no signal, no date of today, no order among tables (constraints wait)."""
    with archive.open(f"rows/{model._meta.label}.jsonl") as entry:
        fields = [model._meta.get_field(_name_of(model, attname)) for attname in json.loads(entry.readline())]
        batch: list[Model] = []
        read = 0
        for line in entry:
            pairs = zip(fields, json.loads(line), strict=True)
            batch.append(model(**{one.attname: one.to_python(value) for one, value in pairs}))  # type: ignore[union-attr]
            read += 1
            if len(batch) == BATCH:
                _insert(model, fields, batch)
                batch = []
        _insert(model, fields, batch)
    if read != count:
        raise BackupError(f"{model._meta.label}: {read} rows instead of {count}")


def _name_of(model: type[Model], attname: str) -> str:
    return next(one.name for one in model._meta.concrete_fields if one.attname == attname)


def _insert(model: type[Model], fields: list[Any], rows: list[Model]) -> None:
    size = max(1, connection.ops.bulk_batch_size(fields, rows))
    for start in range(0, len(rows), size):
        query = InsertQuery(model)
        query.insert_values(fields, rows[start : start + size], raw=True)
        query.get_compiler(connection=connection).execute_sql()


def _reset_sequences(models: list[type[Model]]) -> None:
    """Let numbers go on after the highest one (PostgreSQL; SQLite does so by itself)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _read_file(archive: ZipFile, entry: str) -> None:
    name = entry.removeprefix("media/")
    if default_storage.exists(name):
        default_storage.delete(name)
    with archive.open(entry) as held:
        kept = default_storage.save(name, _Streamed(held))
    if kept != name:
        raise BackupError(f"{name} could not be kept under its name")


class _Streamed(File):  # type: ignore[type-arg]
    """A file inside the archive, as a storage takes it: read once, of a length nobody asks."""

    def __init__(self, held: IO[bytes]) -> None:
        super().__init__(held)
        self.held, self.size = held, -1

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the bytes, from here on."""
        while chunk := self.held.read(chunk_size or self.DEFAULT_CHUNK_SIZE):
            yield chunk
