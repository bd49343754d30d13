"""The background jobs of notices: facts are told and deliveries sent when something happened, and by the clock."""

from django.utils import timezone
from huey import crontab

from commons.jobs import huey
from commons.notices.delivering import deliver
from commons.notices.digesting import draw_up, send_digests
from commons.notices.receipts import forget_old
from commons.notices.spreading import spread


@huey.task(retries=3, retry_delay=5)  # type: ignore[untyped-decorator]
def tell() -> None:
    """Tell what waits, then send what is due; again in five seconds when the database, say, was away."""
    spread()
    deliver()


@huey.periodic_task(crontab())  # type: ignore[untyped-decorator]
def tell_by_the_clock() -> None:
    """Each minute, take what has become due, and what no wake-up brought: after a crash, a refusal, quiet hours."""
    spread()
    deliver()


@huey.periodic_task(crontab(minute="50", hour="3"))  # type: ignore[untyped-decorator]
def forget_receipts_by_night() -> None:
    """Each night, remove the receipts that killed workers have left."""
    forget_old()


@huey.periodic_task(crontab(minute="*/10"))  # type: ignore[untyped-decorator]
def send_what_is_worth_reading() -> None:
    """Draw up the digests of the day once it is seven, and send those that are due: late ones, refused ones too."""
    draw_up(timezone.now())
    send_digests()
