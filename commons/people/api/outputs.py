"""Turns people, houses, networks and tokens into JSON values: the one output of each noun."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from commons.people.calendars import calendar_key
from commons.people.models import ApiToken, Institution, Membership, Network, PersonalExport, User

HOUSE = (
    "slug", "name", "type", "labels", "disciplines", "team_size", "budget", "territory", "place", "place_code",
    "website", "about",
)  # fmt: skip


def institution_row(institution: Institution) -> dict[str, Any]:
    """Return a house's facts."""
    url = f"{settings.SITE_URL}{institution.get_absolute_url()}"
    return {name: getattr(institution, name) for name in HOUSE} | {"url": url}


def network_row(network: Network) -> dict[str, Any]:
    """Return how a network presents itself."""
    names = ("slug", "name", "summary", "about", "website", "is_open")
    return {name: getattr(network, name) for name in names} | {
        "url": f"{settings.SITE_URL}{network.get_absolute_url()}"
    }


def membership_row(membership: Membership) -> dict[str, Any]:
    """Return a person's place in a network."""
    return {"network": membership.network.slug, "role": membership.role, "state": membership.state}


def member_row(membership: Membership) -> dict[str, Any]:
    """Return a member as the others of the network see them."""
    person = membership.user
    return {
        "id": person.pk,
        "url": f"{settings.SITE_URL}{person.get_absolute_url()}",
        "name": person.public_name,
        "institution": person.institution.slug if person.institution else None,
        "role": membership.role,
    }


def me(user: User) -> dict[str, Any]:
    """Return one's own account."""
    return {
        "id": user.pk,
        "email": user.email,
        "public_name": user.public_name,
        "job": user.job,
        "institution": user.institution.slug if user.institution else None,
        "help_text": user.help_text,
        "language": user.language,
        "is_credited": user.is_credited,
        "calendar": calendar_address(user),
        "memberships": [membership_row(m) for m in user.memberships.select_related("network").order_by("pk")],
    }


def calendar_address(user: User) -> str:
    """Return the secret address of one's own calendar: its key stops working when its owner draws another."""
    return f"{settings.SITE_URL}{reverse('api-personal-calendar', args=[calendar_key(user)])}"


def token_row(token: ApiToken) -> dict[str, Any]:
    """Return a token without its key, which nobody keeps."""
    names = ("id", "name", "scope", "created_at", "last_used_at")
    return {name: getattr(token, name) for name in names}


def export_row(export: PersonalExport) -> dict[str, Any]:
    """Return a copy of one's own data: when it was asked for and made, until when it is kept, where."""
    path = reverse("api-export-file", args=[export.pk])
    names = ("id", "created_at", "ready_at", "expires_at", "size")
    return {name: getattr(export, name) for name in names} | {
        "url": f"{settings.SITE_URL}{path}" if export.ready_at else ""
    }
