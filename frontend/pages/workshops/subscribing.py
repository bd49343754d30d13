"""The addresses that bring meetings into one's own calendar: to subscribe to (webcal), to copy, to download."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from commons.people.calendars import calendar_key
from commons.people.models import Network
from events.enums import Visibility
from events.models import Occurrence, Series


def _links(path: str, *, is_private: bool = False) -> dict[str, Any]:
    address = f"{settings.SITE_URL}{path}"
    return {
        "address": address,
        "webcal": f"webcal://{address.split('://', 1)[1]}",
        "path": path,
        "is_private": is_private,
    }


def series_links(series: Series) -> dict[str, Any] | None:
    """Return the addresses of a public series' calendar; none of another: calendar programs sign in nowhere."""
    is_open = series.visibility == Visibility.PUBLIC
    return _links(reverse("api-series-calendar", args=[series.pk])) if is_open else None


def network_links(network: Network) -> dict[str, Any]:
    """Return the addresses of a network's calendar: what of it is public."""
    return _links(reverse("api-network-calendar", args=[network.slug]))


def personal_links(user: Any) -> dict[str, Any]:
    """Return the secret addresses of a person's own calendar."""
    return _links(reverse("api-personal-calendar", args=[calendar_key(user)]), is_private=True)


def occurrence_path(occurrence: Occurrence) -> str:
    """Return where one meeting is downloaded as a calendar file."""
    return reverse("api-occurrence-calendar", args=[occurrence.pk])
