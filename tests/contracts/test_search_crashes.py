"""Proves that a killed worker, a killed writer and an engine that was away leave no difference once all is drained."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.servers import beside_test_database

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 120.0
WRITES = int(os.environ.get("COMMONS_CRASH_WRITES", "60"))
WRITER = """
import sys
import django
django.setup()
from commons.people.actions import add_institution, change_institution
from commons.people.models import User
by, _new = User.objects.get_or_create(email="ecrit@maison.example", defaults={"public_name": "Qui écrit"})
for number in range(int(sys.argv[1])):
    house = add_institution(by=by, values={"name": f"Maison {number}", "type": "theatre"})
    change_institution(by=by, institution=house, values={"about": f"Écrite {number} fois."})
    print(number, flush=True)
"""


class _Site:
    """This test's site: its commands, its writer, its worker."""

    def __init__(self) -> None:
        self.environment = {k: v for k, v in beside_test_database().items() if k != "MEILISEARCH_URL"}

    def manage(self, *words: str) -> str:
        """Run a command and return the last line it printed."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip().rpartition("\n")[2]

    def start(self, *command: str) -> "subprocess.Popen[str]":
        """Start a process of the site."""
        words = [sys.executable, *command]
        return subprocess.Popen(words, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def site(transactional_db: None) -> _Site:  # noqa: ARG001 - the database is asked for, its rows must be seen by processes
    """Return a site without anything but its vocabularies, and an index that is empty."""
    found = _Site()
    assert found.manage("search", "rebuild").startswith("0 documents")
    return found


def _kill(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def _written(writer: "subprocess.Popen[str]", count: int) -> None:
    assert writer.stdout is not None
    for line in writer.stdout:
        if int(line) >= count:
            return


def test_killing_worker_and_writer_in_the_middle_of_writes_loses_nothing(site: _Site) -> None:
    writer = site.start("-c", WRITER, str(WRITES))
    worker = site.start("manage.py", "worker")
    _written(writer, WRITES // 3)
    _kill(worker)
    _written(writer, WRITES // 2)
    worker = site.start("manage.py", "worker")
    _written(writer, 2 * WRITES // 3)
    _kill(writer)
    _kill(worker)
    assert site.manage("search", "drain") == "the outbox is empty"
    assert site.manage("search", "verify") == "0 differences"


def test_an_engine_that_is_away_for_a_while_delays_only(site: _Site) -> None:
    """Away: the folder of the index cannot be read, as a disk that is gone."""
    search, away = settings.VAR_DIR / "search", settings.VAR_DIR / "away"
    search.rename(away)
    search.touch()  # nothing can be written below a file
    writer = site.start("-c", WRITER, "5")
    worker = site.start("manage.py", "worker")
    _written(writer, 4)
    time.sleep(1)
    search.unlink()
    away.rename(search)
    writer.communicate()
    _kill(worker)
    assert site.manage("search", "drain") == "the outbox is empty"
    assert site.manage("search", "verify") == "0 differences"
