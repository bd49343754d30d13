"""The background jobs of the events app."""

from django.utils import timezone
from huey import crontab

from commons.jobs import huey
from events.actions import (
    close_forgotten_rooms,
    freeze_minutes,
    materialise_all,
    note_due,
    postpone_unconfirmed,
    release_unclaimed,
    tell_due,
    tell_noted,
)


@huey.periodic_task(crontab(minute="25", hour="3"))  # type: ignore[untyped-decorator]
def write_dates_ahead() -> None:
    """Each night, write the occurrences that have come within the months that we keep ahead."""
    materialise_all()


@huey.periodic_task(crontab(minute="*/15"))  # type: ignore[untyped-decorator]
def guard_series() -> None:
    """Postpone what nobody confirmed, take unclaimed seats back, close forgotten rooms, freeze minutes after a week."""
    close_forgotten_rooms(now=timezone.now())
    postpone_unconfirmed(now=timezone.now())
    release_unclaimed(now=timezone.now())
    freeze_minutes(now=timezone.now())


@huey.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def tell_people() -> None:
    """Each minute, note what is to be told by now, and tell what is noted."""
    note_due(now=timezone.now())
    tell_noted()


@huey.periodic_task(crontab(minute="5", hour="7"))  # type: ignore[untyped-decorator]
def tell_what_is_due() -> None:
    """Each morning, tell who took something on that it is due tomorrow."""
    tell_due(today=timezone.localdate())
