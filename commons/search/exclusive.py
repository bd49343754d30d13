"""Owns the promise that one process at a time writes to the engine, kept even when the one before was killed."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

ADVISORY_KEY = 7_331_001


@contextmanager
def only_writer(wait_seconds: float = 0.0) -> Iterator[bool]:
    """Yield whether this process may write now, waiting for the other one that long.

    A lock of the kernel on one machine, a lock of the session on PostgreSQL: both end with whoever held them.
    """
    if connection.vendor == "postgresql":
        yield from _by_database(wait_seconds)
    else:
        yield from _by_file(wait_seconds)


def _by_file(wait_seconds: float) -> Iterator[bool]:
    folder = settings.VAR_DIR / "search"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "writing").open("w") as file:
        is_ours = _tried(lambda: _locked(file.fileno()), wait_seconds)
        try:
            yield is_ours
        finally:
            if is_ours:
                fcntl.flock(file.fileno(), fcntl.LOCK_UN)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _by_database(wait_seconds: float) -> Iterator[bool]:
    is_ours = _tried(lambda: _asked("SELECT pg_try_advisory_lock(%s)"), wait_seconds)
    try:
        yield is_ours
    finally:
        if is_ours:
            _asked("SELECT pg_advisory_unlock(%s)")


def _asked(sql: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [ADVISORY_KEY])
        return bool(cursor.fetchone()[0])


def _tried(attempt: Callable[[], bool], wait_seconds: float) -> bool:
    deadline = time.monotonic() + wait_seconds
    while not attempt():
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.05)
    return True
