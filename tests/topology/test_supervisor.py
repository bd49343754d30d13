"""Processes that are started again when they end, later each time, and that leave nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from topology.supervisor import LATE, SOON, Kept, stop_together

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)",
]


def _is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def test_a_process_that_ended_is_started_again() -> None:
    kept = Kept("essai", SLEEP)
    kept.tend()
    assert (kept.pid, kept.is_running()) == (0, False)
    kept.start()
    first = kept.pid
    os.kill(first, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while kept.starts == 1:
        assert time.monotonic() < deadline
        kept.tend()
    assert kept.is_running()
    assert kept.pid != first
    kept.stop(5)
    assert not kept.is_running()


def test_one_that_never_lasts_is_started_later_each_time() -> None:
    kept = Kept("essai", [sys.executable, "-c", ""])
    kept.start()
    waits = [kept.wait]
    deadline = time.monotonic() + 20
    while len(waits) < 3:
        assert time.monotonic() < deadline
        kept.tend()
        if kept.wait != waits[-1]:
            waits.append(kept.wait)
    assert waits == [SOON, SOON * 2, SOON * 4]
    assert waits[-1] < LATE
    kept.stop(1)


def test_one_that_does_not_listen_is_ended_all_the_same(tmp_path: Path) -> None:
    log = tmp_path / "said"
    kept, never = Kept("sourd", DEAF, log=log), Kept("jamais", SLEEP)
    kept.start()
    deadline = time.monotonic() + 20
    while not log.read_bytes():
        assert time.monotonic() < deadline
    stop_together([kept, never], 0.1)
    assert not _is_alive(kept.pid)


def test_nothing_is_left_when_the_one_who_started_it_is_killed() -> None:
    program = f"""
from topology.supervisor import Kept
import time
kept = Kept("essai", {SLEEP!r})
kept.start()
print(kept.pid, flush=True)
time.sleep(60)
"""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=Path(__file__).resolve().parents[2], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(0.2)
        parent.kill()
    deadline = time.monotonic() + 20
    while _is_alive(child):
        assert time.monotonic() < deadline
        time.sleep(0.02)
