"""Who may do what with series and occurrences: one predicate each, one table."""

from typing import Any

from commons.people.enums import MemberRole
from commons.people.rules import is_moderator, is_network_curator, is_network_member, is_signed_in, member_roles
from commons.permissions import Predicate
from events.enums import SeatStatus, Visibility

HOSTS = (MemberRole.CURATOR, MemberRole.FACILITATOR)


def hosts_network(user: Any, network: Any) -> bool:
    """Hold for the facilitators and curators of a network, and for administrators."""
    return is_network_curator(user, network) or (
        network is not None and member_roles(user).get(network.pk) == MemberRole.FACILITATOR
    )


def can_add_series(user: Any, network: Any) -> bool:
    """Hold for everybody signed in, in their own name; in a network's, for who hosts it."""
    return is_signed_in(user) if network is None else hosts_network(user, network)


def can_change_series(user: Any, series: Any) -> bool:
    """Hold for who opened the series, for its facilitators, for who hosts its network, and for moderators."""
    if not is_signed_in(user):
        return False
    if is_moderator(user) or series.created_by_id == user.pk or hosts_network(user, series.network):
        return True
    return user.pk in {person.pk for person in series.facilitators.all()}


def can_view_series(user: Any, series: Any) -> bool:
    """Hold for whom the visibility lets in, and for who may change the series."""
    if series.visibility == Visibility.PUBLIC:
        return True
    if series.visibility == Visibility.MEMBERS:
        return is_signed_in(user)
    return is_network_member(user, series.network) or can_change_series(user, series)


def can_view_occurrence(user: Any, occurrence: Any) -> bool:
    """Hold for who may see its series."""
    return can_view_series(user, occurrence.series)


def can_change_occurrence(user: Any, occurrence: Any) -> bool:
    """Hold for who may change its series."""
    return can_change_series(user, occurrence.series)


def can_take_part(user: Any, occurrence: Any) -> bool:
    """Hold for everybody signed in who may see it."""
    return is_signed_in(user) and can_view_occurrence(user, occurrence)


def can_view_room(user: Any, occurrence: Any) -> bool:
    """Hold for who may take part; under the Chatham House rule only for who has a seat, and for who hosts.

    The room shows who speaks while they speak: under that rule nobody looks on from outside.
    """
    if not can_take_part(user, occurrence):
        return False
    if not occurrence.series.is_chatham or can_change_occurrence(user, occurrence):
        return True
    return bool(occurrence.seats.filter(user=user.pk, status=SeatStatus.GOING).exists())


PERMISSIONS: dict[str, Predicate] = {
    "events.add_series": can_add_series,
    "events.view_series": can_view_series,
    "events.change_series": can_change_series,
    "events.view_occurrence": can_view_occurrence,
    "events.change_occurrence": can_change_occurrence,
    "events.take_part": can_take_part,
    "events.view_room": can_view_room,
    "events.speak_in_room": can_view_room,
    "events.run_room": can_change_occurrence,
    "events.add_topic": can_take_part,
    "events.write_minutes": can_take_part,
}
WRITES = frozenset(name for name in PERMISSIONS if not name.startswith(("events.view_", "events.take_part")))
"""What others read: refused to whoever is silenced."""
