"""Makes reports and sanctions, through the actions."""

import datetime

from django.utils import timezone

from commons.moderation.actions import add_report, impose_sanction
from commons.moderation.models import Report, Sanction
from commons.people.models import User
from forum.models import Post
from tests.factories.people import UserFactory


def report_on(post: Post, by: User | None = None, **values: str) -> Report:
    """Return a new report on a post."""
    return add_report(
        by=by or UserFactory.create(), kind="post", object_id=str(post.pk), **{"reason": "abuse", "text": "", **values}
    )


def in_days(days: int) -> datetime.datetime:
    """Return a moment to come."""
    return timezone.now() + datetime.timedelta(days=days)


def silence(person: User, days: int = 3) -> Sanction:
    """Silence a person for some days."""
    moderator = UserFactory.create(is_moderator=True)
    return impose_sanction(by=moderator, person=person, kind="silence", reason="Du calme.", until=in_days(days))


def suspend(person: User, days: int | None = None) -> Sanction:
    """Suspend a person, for good unless told otherwise."""
    until = in_days(days) if days else None
    moderator = UserFactory.create(is_moderator=True)
    return impose_sanction(by=moderator, person=person, kind="suspension", reason="Menaces.", until=until)
