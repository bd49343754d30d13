"""Reads series and their occurrences."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from commons.people.rules import is_moderator, is_signed_in, member_roles
from events.enums import Answer, Visibility
from events.models import Occurrence, OccurrenceQuerySet, Seat, Series
from events.rules import HOSTS


def series_visible_to(user: Any) -> QuerySet[Series]:
    """Return every series the person may see: `events.view_series` as one query."""
    if is_moderator(user):
        return Series.objects.all()
    return Series.objects.filter(_open_to(user, ""))


def occurrences_visible_to(user: Any) -> OccurrenceQuerySet:
    """Return every occurrence the person may see, with its series and room: `events.view_occurrence` as one query."""
    occurrences = Occurrence.objects.select_related("series", "series__network", "room")
    return occurrences if is_moderator(user) else occurrences.filter(_open_to(user, "series__"))


def _open_to(user: Any, path: str) -> Q:
    if not is_signed_in(user):
        return Q(**{f"{path}visibility": Visibility.PUBLIC})
    is_open = Q(**{f"{path}visibility__in": (Visibility.PUBLIC, Visibility.MEMBERS)})
    in_network = Q(**{f"{path}visibility": Visibility.NETWORK, f"{path}network__in": list(member_roles(user))})
    return is_open | in_network | _hosted_by(user, path)


def _hosted_by(user: Any, path: str) -> Q:
    """Return what a person who is no moderator hosts: opened, facilitates, or holds in a network's name."""
    facilitated = Series.facilitators.through.objects.filter(
        series=OuterRef(f"{path}pk" if not path else "series_id"), user=user.pk
    )
    hosted = [pk for pk, role in member_roles(user).items() if role in HOSTS]
    return Q(**{f"{path}created_by": user.pk}) | Q(**{f"{path}network__in": hosted}) | Q(Exists(facilitated))


def series_hosted_by(user: Any) -> QuerySet[Series]:
    """Return the series the person opened, facilitates or holds in a network's name."""
    if not is_signed_in(user):
        return Series.objects.none()
    return Series.objects.filter(_hosted_by(user, ""))


def occurrences_of(user: Any, occurrences: OccurrenceQuerySet) -> OccurrenceQuerySet:
    """Keep the meetings that a person hosts, or answered yes or maybe to."""
    answered = Seat.objects.filter(user=user.pk).exclude(answer=Answer.NO)
    return occurrences.filter(Q(pk__in=answered.values("occurrence")) | Q(series__in=series_hosted_by(user)))


def occurrences_between(
    occurrences: OccurrenceQuerySet, after: datetime.datetime, before: datetime.datetime
) -> OccurrenceQuerySet:
    """Keep what takes place, even in part, between two instants, in order of time."""
    return occurrences.filter(ends_at__gt=after, starts_at__lt=before).order_by("starts_at", "pk")
