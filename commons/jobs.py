"""The background worker's queue: Huey, on SQLite by default and on Redis when `REDIS_URL` is set.

Used as a wake-up and a clock only: what must not be lost is a row in the database, and a job looks it up.
"""

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


@huey.signal(SIGNAL_INTERRUPTED)  # type: ignore[untyped-decorator]
def put_back(_signal: str, task: Task) -> None:
    """Release a job that its worker had no time to finish, so that another worker does it."""
    huey.enqueue(task)
