"""The background jobs of the events app."""

from django.utils import timezone
from huey import crontab

from commons.jobs import huey
from events.actions import materialise_all, postpone_unconfirmed


@huey.periodic_task(crontab(minute="25", hour="3"))  # type: ignore[untyped-decorator]
def write_dates_ahead() -> None:
    """Each night, write the occurrences that have come within the months that we keep ahead."""
    materialise_all()


@huey.periodic_task(crontab(minute="*/15"))  # type: ignore[untyped-decorator]
def guard_series() -> None:
    """Every quarter of an hour, postpone what nobody confirmed three days before."""
    postpone_unconfirmed(now=timezone.now())
