"""The background jobs of notices: facts are told and deliveries sent when something happened, and by the clock."""

from huey import crontab

from commons.jobs import huey
from commons.notices.delivering import deliver
from commons.notices.spreading import spread


@huey.task()  # type: ignore[untyped-decorator]
def tell() -> None:
    """Tell what waits, then send what is due."""
    spread()
    deliver()


@huey.periodic_task(crontab())  # type: ignore[untyped-decorator]
def tell_by_the_clock() -> None:
    """Each minute, take what has become due, and what no wake-up brought: after a crash, a refusal, quiet hours."""
    spread()
    deliver()
