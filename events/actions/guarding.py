"""Writes what keeps series from turning into zombies: what nobody confirms is postponed, and calendars say so."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.actions.occurrences import saved, told
from events.actions.reminding import note
from events.enums import TAKES_PLACE, Answer, Notice, Status
from events.models import Occurrence, Series

POSTPONED_BEFORE = datetime.timedelta(days=3)


def postpone_unconfirmed(*, now: datetime.datetime) -> list[int]:
    """Postpone what starts within three days and waits for a word still; return which. Run by the worker.

    Nobody asks for it, so nobody's permission is needed. Each is locked and looked at again: a facilitator's word that
    comes at the same time wins, and a second worker finds nothing left.
    """
    due = Occurrence.objects.filter(
        confirmed_at__isnull=True,
        series__needs_confirmation=True,
        status__in=TAKES_PLACE,
        starts_at__gt=now,
        starts_at__lte=now + POSTPONED_BEFORE,
    )
    return [pk for pk, series_id in due.order_by("pk").values_list("pk", "series_id") if _postpone(pk, series_id)]


@transaction.atomic
def _postpone(pk: int, series_id: str) -> bool:
    series = Series.objects.select_for_update(of=("self",)).get(pk=series_id)
    occurrence = Occurrence.objects.select_for_update(of=("self",)).get(pk=pk)
    occurrence.series = series
    if not occurrence.is_tentative or occurrence.starts_at <= timezone.now():
        return False
    before = told(occurrence)
    occurrence.status = Status.POSTPONED
    with override("fr"):
        occurrence.reason = _("Personne ne l’a confirmée à trois jours.")
    saved(occurrence, before)
    hosts = {series.created_by_id, *series.facilitators.values_list("pk", flat=True)}
    coming = occurrence.seats.exclude(answer=Answer.NO).values_list("user_id", flat=True)
    for user_id in sorted(pk for pk in hosts.union(coming) if pk):
        note(occurrence=occurrence, user_id=user_id, kind=Notice.POSTPONED)
    return True
