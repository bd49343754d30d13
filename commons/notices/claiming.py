"""Owns taking what is due: by one worker at a time, for as long as its lease lasts, whatever becomes of it."""

import datetime
import uuid
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from commons.notices.enums import State
from commons.notices.models import Posting

P = TypeVar("P", bound=Posting)
LONGEST_WAIT = datetime.timedelta(hours=6)
MOST_ATTEMPTS = 14
"""With the first wait of 30 seconds, doubled up to six hours: given up after about a day and a half."""


def lease() -> datetime.timedelta:
    """Return for how long a taken row is its taker's; a killed worker's rows are free again after it."""
    return datetime.timedelta(seconds=settings.NOTICE_LEASE_SECONDS)


def claim(rows: QuerySet[P], limit: int) -> list[P]:
    """Take up to so many rows that are due and free, the longest due first; each goes to one worker only.

    On PostgreSQL two workers pass by each other's rows (`SKIP LOCKED`); on SQLite a transaction writes alone.
    """
    now, token = timezone.now(), uuid.uuid4().hex
    with transaction.atomic():
        due = rows.filter(Q(claimed_until=None) | Q(claimed_until__lte=now), state=State.WAITING, due_at__lte=now)
        taken = due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk")
        pks = list(taken.values_list("pk", flat=True)[:limit])
        rows.filter(pk__in=pks).update(claim=token, claimed_until=now + lease())
    return list(rows.filter(claim=token).order_by("due_at", "pk"))


def renew(row: Posting) -> bool:
    """Begin the lease anew and note that the row is being handed over; false when it is somebody else's by now."""
    row.handed_at = now = timezone.now()
    return bool(_own(row).update(claimed_until=now + lease(), handed_at=now))


def finish(row: Posting, state: str) -> bool:
    """Close a row in that state; false when it is somebody else's by now."""
    return bool(_own(row).update(state=state, sent_at=timezone.now(), claimed_until=None, error=""))


def postpone(row: Posting, until: datetime.datetime) -> None:
    """Let a row go until then; that is no attempt."""
    _own(row).update(due_at=until, claim="", claimed_until=None)


def retry_later(row: Posting, error: str) -> None:
    """Let a row go after a failure, each time for twice as long; give it up when it has failed for long."""
    is_last = row.attempts + 1 >= MOST_ATTEMPTS
    wait = min(datetime.timedelta(seconds=settings.NOTICE_RETRY_SECONDS * 2**row.attempts), LONGEST_WAIT)
    _own(row).update(
        state=State.FAILED if is_last else State.WAITING,
        attempts=row.attempts + 1,
        due_at=timezone.now() + wait,
        error=error[:300],
        claim="",
        claimed_until=None,
    )


def _own(row: P) -> QuerySet[P]:
    model: type[P] = type(row)
    return model._default_manager.filter(pk=row.pk, claim=row.claim, state=State.WAITING)
