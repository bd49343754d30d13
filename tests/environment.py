"""Owns the surroundings of a test process: a data folder of its own, cheap passwords, databases apart.

Imported by tests/conftest.py before anything of Commons, since the settings read the environment once.
"""

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
from django.conf import settings

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


def _redis_of_this_worker(url: str) -> str:
    """Give each parallel worker a Redis database of its own, so that one does not read the other's cache."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{WORKER.removeprefix('gw')}"))


def prepare() -> None:
    """Point the settings at a throw-away folder and at this worker's servers, then start Django."""
    assert not settings.configured, "Unset DJANGO_SETTINGS_MODULE: it makes pytest read the settings too early"
    folder = Path(tempfile.mkdtemp(prefix=f"commons-tests-{WORKER}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["COMMONS_VAR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "commons.settings"
    if "REDIS_URL" in os.environ:
        os.environ["REDIS_URL"] = _redis_of_this_worker(os.environ["REDIS_URL"])
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a second of CPU per sign-in saved
    # Static files are served from where they are written: nothing is gathered, hashed or kept from an earlier run.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.SERVESTATIC_USE_FINDERS = settings.SERVESTATIC_AUTOREFRESH = True
    settings.STATIC_ROOT.mkdir()
    if settings.DATABASES["default"]["ENGINE"] == "commons.sqlite":
        # A file, as in production: threads of a live server lock each other out of a shared in-memory database.
        settings.DATABASES["default"]["TEST"] = {"NAME": str(folder / "test.sqlite3")}
    django.setup()
    # What is loaded now stays: walking through it again and again is a third of what a test costs.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    # Parallel workers inherit this environment: with the name in it, pytest-django would read the settings before us.
    del os.environ["DJANGO_SETTINGS_MODULE"]
