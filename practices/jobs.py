"""The background jobs of the practices app."""

from django.utils import timezone
from huey import crontab

from commons.jobs import huey
from commons.people.models import User
from practices.actions import mark_due_reviews
from practices.actions.mails import mail_decision, mail_invitation
from practices.models import Decision, Invitation


@huey.periodic_task(crontab(minute="10", hour="4"))  # type: ignore[untyped-decorator]
def review_due_sheets() -> None:
    """Each night, move the sheets whose review date has passed to `to_review`."""
    mark_due_reviews(today=timezone.localdate())


@huey.task(retries=5, retry_delay=60)  # type: ignore[untyped-decorator]
def tell_author(decision_id: int, author_id: int) -> None:
    """Mail a decision to one author; tried again for some minutes when the mail server is away."""
    decision = Decision.objects.select_related("sheet").filter(pk=decision_id).first()
    author = User.objects.filter(pk=author_id, is_active=True).first()
    if decision is not None and author is not None:
        mail_decision(decision=decision, author=author)


@huey.task(retries=5, retry_delay=60)  # type: ignore[untyped-decorator]
def tell_invited(invitation_id: int) -> None:
    """Mail an invitation, unless it was answered or withdrawn meanwhile."""
    waiting = Invitation.objects.select_related("sheet", "by", "user").filter(user__is_active=True)
    invitation = waiting.filter(pk=invitation_id).first()
    if invitation is not None:
        mail_invitation(invitation=invitation)
