"""What the environment makes of the settings: uploads in a bucket, one secret for all, plans that PostgreSQL keeps."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.buckets import s3_server
from tests.services import postgres

ROOT = Path(__file__).resolve().parents[2]
KEEP = """
import django
django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage as storage
name = storage.save("sheets/une image.png", ContentFile(b"pixels"))
again = storage.save("sheets/une image.png", ContentFile(b"others"))
print(name, again != name, storage.open(name).read(), storage.exists(name))
storage.delete(again)
try:
    storage.open(again).read()
except FileNotFoundError:
    print("gone")
"""

ASK = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for number in range(8):
        cursor.execute("SELECT 'often', %s::int", [number])
    cursor.execute("SELECT COUNT(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT ''often''%'")
    print(cursor.fetchone()[0])
"""


def program(text: str, folder: Path, **settings: str) -> str:
    """Run a program under these settings and return what it printed."""
    environment = os.environ | {"COMMONS_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "commons.settings"} | settings
    command = [sys.executable, "-c", text]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_uploads_are_kept_in_the_bucket_that_is_named(tmp_path: Path) -> None:
    with s3_server() as (address, objects, asked):
        keys = {"S3_ACCESS_KEY": "cle", "S3_SECRET_KEY": "secret", "S3_REGION": "fr-1"}
        said = program(KEEP, tmp_path, S3_BUCKET="depot", S3_ENDPOINT_URL=address, **keys)
    assert said.splitlines() == ["sheets/une image.png True b'pixels' True", "gone"]
    assert objects == {"/depot/sheets/une image.png": b"pixels"}
    assert {request.split(" ", 1)[1] for request in asked} == {"AWS4-HMAC-SHA256 Credent"}
    assert not (tmp_path / "media").exists()


def test_uploads_are_kept_on_disk_otherwise(tmp_path: Path) -> None:
    said = program(KEEP.replace("une image", "une_image"), tmp_path)
    assert said.splitlines() == ["sheets/une_image.png True b'pixels' True", "gone"]
    assert [path.name for path in (tmp_path / "media" / "sheets").iterdir()] == ["une_image.png"]


def test_processes_that_start_together_have_one_secret(tmp_path: Path) -> None:
    show = "from commons.settings import SECRET_KEY; print(SECRET_KEY)"
    with ThreadPoolExecutor() as pool:
        secrets = set(pool.map(lambda _n: program(show, tmp_path, SECRET_KEY=""), range(3)))
    assert len(secrets) == 1
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob(".secret_key.*")] == []


@pytest.mark.once
def test_what_is_asked_often_is_planned_once_unless_a_pooler_forgets_it(tmp_path: Path) -> None:
    with postgres() as address:
        server = {"DATABASE_URL": urlunsplit(urlsplit(address)._replace(path="/postgres"))}
        assert program(ASK, tmp_path, **server) == "1\n"
        assert program(ASK, tmp_path, **server, DATABASE_PREPARED="off") == "0\n"
