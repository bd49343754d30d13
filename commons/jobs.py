"""The background worker's queue: Huey, on SQLite by default and on Redis when `REDIS_URL` is set.

Used as a wake-up and a clock only: what must not be lost is a row in the database, and a job looks it up.
"""

from django.conf import settings
from huey import RedisHuey, SqliteHuey

huey = (
    RedisHuey("commons", url=settings.REDIS_URL)
    if settings.REDIS_URL
    else SqliteHuey("commons", filename=str(settings.VAR_DIR / "jobs.sqlite3"))
)
