"""The background jobs of the practices app."""

from django.utils import timezone
from huey import crontab

from commons.jobs import huey
from practices.actions import mark_due_reviews
from practices.alerts import tell_of_new_sheets


@huey.periodic_task(crontab(minute="10", hour="4"))  # type: ignore[untyped-decorator]
def review_due_sheets() -> None:
    """Each night, move the sheets whose review date has passed to `to_review`."""
    mark_due_reviews(today=timezone.localdate())


@huey.periodic_task(crontab(minute="*/10"))  # type: ignore[untyped-decorator]
def look_for_new_sheets() -> None:
    """Every ten minutes, ask the saved searches whose hour has come, and tell their owners what is new."""
    tell_of_new_sheets(now=timezone.now())
