"""The background jobs of the practices app."""

from django.utils import timezone
from huey import crontab

from commons.jobs import huey
from practices.actions import mark_due_reviews


@huey.periodic_task(crontab(minute="10", hour="4"))  # type: ignore[untyped-decorator]
def review_due_sheets() -> None:
    """Each night, move the sheets whose review date has passed to `to_review`."""
    mark_due_reviews(today=timezone.localdate())
