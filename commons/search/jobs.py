"""The background jobs of the search: the outbox is drained when something was marked, and by the clock."""

from contextlib import suppress

from huey import crontab

from commons.jobs import huey
from commons.search.engines.protocol import EngineDownError
from commons.search.outbox import FIRST_WAIT, drain
from commons.search.upkeep import differences, mend

WAIT_FOR_THE_OTHER = 0.5


@huey.task()  # type: ignore[untyped-decorator]
def drain_outbox() -> None:
    """Bring the engine up to date; when it is down, look again soon, then by the clock."""
    try:
        drain(wait_seconds=WAIT_FOR_THE_OTHER)
    except EngineDownError:
        drain_outbox.schedule(delay=FIRST_WAIT * 4)


@huey.periodic_task(crontab())  # type: ignore[untyped-decorator]
def drain_by_the_clock() -> None:
    """Each minute, take what no wake-up brought: after a crash, or an engine that was down."""
    drain_outbox()


@huey.periodic_task(crontab(minute="40", hour="3"))  # type: ignore[untyped-decorator]
def mend_by_night() -> None:
    """Each night, compare the index with the database and mark what differs: a label changed, a row came by SQL."""
    with suppress(EngineDownError):
        mend(differences())
