"""A worker that is told to end: the job that runs is finished; one that takes too long is put back."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from huey import SqliteHuey

from commons import jobs

ROOT = Path(__file__).resolve().parents[4]
WORK = """
import os, signal, sys, threading, time
import django
django.setup()
from commons.jobs import huey
from commons.management.commands import worker
worker.LAST_JOBS_SECONDS = float(sys.argv[1])

@huey.task()
def slow():
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(float(sys.argv[2]))
    print("finished", flush=True)

slow()
from django.core.management import call_command
call_command("worker", threads=1)
print("waiting", [task.name for task in huey.pending()].count("slow"), flush=True)
os._exit(0)
"""


@pytest.mark.parametrize(
    ("patience", "takes", "printed"), [("20", "0.3", "finished\nwaiting 0\n"), ("0.2", "30", "waiting 1\n")]
)
def test_a_job_is_finished_or_put_back(patience: str, takes: str, printed: str, tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "DATABASE_URL")}
    environment = kept | {"COMMONS_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "commons.settings"}
    command = [sys.executable, "-c", WORK, patience, takes]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == printed


def test_put_back_puts_the_job_in_the_queue_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queue = SqliteHuey("essai", filename=str(tmp_path / "jobs.sqlite3"))
    monkeypatch.setattr(jobs, "huey", queue)
    job = queue.task()(lambda: None).s()
    jobs.put_back("interrupted", job)
    assert [waiting.id for waiting in queue.pending()] == [job.id]
