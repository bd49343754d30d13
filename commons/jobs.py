"""The background worker's queue: Huey, on SQLite by default and on Redis when `REDIS_URL` is set.

Used as a wake-up and a clock only: what must not be lost is a row in the database, and a job looks it up.
"""

import threading
import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from huey import RedisHuey, SqliteHuey
from huey.api import Task
from huey.signals import SIGNAL_INTERRUPTED
from redis import ConnectionPool

huey = (
    RedisHuey("commons", connection_pool=ConnectionPool.from_url(settings.REDIS_URL, **settings.REDIS_OPTIONS))
    if settings.REDIS_URL
    else SqliteHuey("commons", filename=str(settings.VAR_DIR / "jobs.sqlite3"))
)

MOMENT: Final = 0.1  # seconds


class Waker:
    """Wakes a job that looks up what there is to do: at once, then once a `MOMENT` however many ask meanwhile.

    Whoever is not heard at once is heard by the end of the moment: what they wrote is looked up then.
    """

    def __init__(self, job: Callable[[], object]) -> None:
        """Take the job, which says by itself that it waits (`huey.task`)."""
        self._job = job
        self._lock = threading.Lock()
        self._woken_at = -MOMENT
        self._is_to_come = False

    def __call__(self) -> None:
        """Wake it."""
        with self._lock:
            if self._is_to_come:
                return
            wait = self._woken_at + MOMENT - time.monotonic()
            self._is_to_come = wait > 0
            if not self._is_to_come:
                self._woken_at = time.monotonic()
        if wait > 0:
            threading.Timer(wait, self._wake_late).start()
        else:
            self._job()

    def _wake_late(self) -> None:
        with self._lock:
            self._is_to_come, self._woken_at = False, time.monotonic()
        self._job()


@huey.signal(SIGNAL_INTERRUPTED)  # type: ignore[untyped-decorator]
def put_back(_signal: str, task: Task) -> None:
    """Release a job that its worker had no time to finish, so that another worker does it."""
    huey.enqueue(task)
