"""Owns the turns of SQLite's writers, as a database backend of Django.

SQLite lets one transaction write at a time. Whoever finds it busy sleeps, up to 100 ms, and tries again: with sixteen
writers the base stands idle most of the time, and somebody may sleep until the timeout. Here a transaction first takes
its turn at a lock of the system, which hands it on at once, to threads and processes alike, and frees it when a
process dies. SQLite's own lock still decides; single statements outside of a transaction only meet that one.
"""

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base

SUFFIX = ".turn"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that waits for its turn before a transaction. Tests in memory have nobody to wait for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: int | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._pass_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # one that fails is rolled back, and keeps the turn until then
        self._pass_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._pass_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._pass_turn()

    def _take_turn(self) -> None:
        if self._turn is None and not self.is_in_memory_db():
            self._turn = os.open(f"{self.settings_dict['NAME']}{SUFFIX}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._turn, fcntl.LOCK_EX)

    def _pass_turn(self) -> None:
        if self._turn is not None:
            os.close(self._turn)
            self._turn = None
