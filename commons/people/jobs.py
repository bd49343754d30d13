"""The background jobs of the people app: copies of one's own data, erasures, accounts that nobody uses."""

from contextlib import suppress

from django.utils import timezone
from huey import crontab

from commons.jobs import huey
from commons.people.actions import (
    build_export,
    erase_due,
    erase_inactive,
    forget_exports,
    forget_sessions,
    warn_inactive,
)
from commons.search.engines.protocol import EngineDownError
from commons.search.upkeep import rebuild


@huey.task(retries=3, retry_delay=60)  # type: ignore[untyped-decorator]
def make_export(export_id: int) -> None:
    """Make a person's copy of their data, and tell them."""
    build_export(export_id=export_id)


@huey.task(retries=3, retry_delay=60)  # type: ignore[untyped-decorator]
def erase_now() -> None:
    """Erase who chose not to wait."""
    if erase_due(now=timezone.now()):
        forget_in_search()


@huey.periodic_task(crontab(minute="20", hour="2"))  # type: ignore[untyped-decorator]
def keep_the_promises() -> None:
    """Each night, erase whose 14 days are over and who has not come for two years, warn before, forget what is over."""
    now = timezone.now()
    if erase_due(now=now) + erase_inactive(now=now):
        forget_in_search()
    warn_inactive(now=now)
    forget_exports(now=now)
    forget_sessions(now=now)


def forget_in_search() -> None:
    """Make the index anew, twice: engines keep what was deleted in their files, and the index before this one."""
    with suppress(EngineDownError):
        rebuild()
        rebuild()
