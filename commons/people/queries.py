"""Reads people, houses and networks."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from commons.people.enums import MemberRole, MemberState
from commons.people.models import ApiToken, Institution, Membership, Network, PersonalExport, User
from commons.people.rules import is_signed_in


def people_visible_to(_user: Any) -> QuerySet[User]:
    """Return everybody whose account is active: a profile shows what its owner wrote, never the address."""
    return User.objects.filter(is_active=True).select_related("institution")


def institutions_visible_to(_user: Any) -> QuerySet[Institution]:
    """Return every house: they are public."""
    return Institution.objects.all()


def networks_visible_to(_user: Any) -> QuerySet[Network]:
    """Return every network with its number of members: that a network exists is public, its sheets may not be."""
    active = Q(memberships__state=MemberState.ACTIVE)
    return Network.objects.annotate(member_count=Count("memberships", filter=active))


def members_of(network: Network) -> QuerySet[Membership]:
    """Return the active members of a network by name."""
    active = network.memberships.filter(state=MemberState.ACTIVE)
    return active.select_related("user", "user__institution").order_by("user__public_name", "pk")


def curators_of(network_id: int | None) -> QuerySet[User]:
    """Return who curates a network; nobody where there is none."""
    curating = Membership.objects.filter(network=network_id, role=MemberRole.CURATOR, state=MemberState.ACTIVE)
    return User.objects.filter(pk__in=curating.values("user"))


def moderators_of(network_id: int | None) -> QuerySet[User]:
    """Return who moderates what belongs to a network, or to none: moderators, administrators, and its curators."""
    is_everywhere = Q(is_moderator=True) | Q(is_administrator=True)
    return User.objects.filter(is_everywhere | Q(pk__in=curators_of(network_id)))


def requests_to(network: Network) -> QuerySet[Membership]:
    """Return who asks to join, oldest first."""
    waiting = network.memberships.filter(state=MemberState.REQUESTED)
    return waiting.select_related("user", "user__institution").order_by("created_at", "pk")


def tokens_of(user: Any) -> QuerySet[ApiToken]:
    """Return the person's tokens that still work, newest first."""
    if not is_signed_in(user):
        return ApiToken.objects.none()
    return user.api_tokens.filter(revoked_at__isnull=True).order_by("-created_at")  # type: ignore[no-any-return]


def exports_of(user: Any) -> QuerySet[PersonalExport]:
    """Return the person's own copies of their data that are not past their day, newest first."""
    if not is_signed_in(user):
        return PersonalExport.objects.none()
    in_time = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
    return PersonalExport.objects.filter(in_time, user=user).order_by("-pk")


def networks_of(user: User) -> QuerySet[Network]:
    """Return the networks of which the person is an active member, by name."""
    mine = user.memberships.filter(state=MemberState.ACTIVE).values("network")
    return Network.objects.filter(pk__in=mine).order_by("name")
