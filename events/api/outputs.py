"""Turns series and occurrences into JSON values: the one output of each noun."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from events.models import Occurrence, Series
from events.recurrence import sentence

SERIES = (
    "id", "title", "about", "visibility", "is_chatham", "timezone", "start", "duration_minutes", "rrule", "skipped",
    "extra", "format", "place", "agenda", "seats_onsite", "seats_online", "claim_hours", "needs_confirmation",
    "sequence",
)  # fmt: skip
OCCURRENCE = ("id", "recurrence_id", "start", "starts_at", "ends_at", "duration_minutes", "status", "reason")


def series_row(series: Series, *, reader: Any) -> dict[str, Any]:
    """Return a series; its join link only to who hosts it."""
    schedule = series.schedule
    return {name: getattr(series, name) for name in SERIES} | {
        "url": f"{settings.SITE_URL}{series.get_absolute_url()}",
        "calendar": f"{settings.SITE_URL}{reverse('api-series-calendar', args=[series.pk])}",
        "network": series.network.slug if series.network else None,
        "institution": series.institution.slug if series.institution else None,
        "sentence": sentence(schedule.rule, schedule.start, series.timezone),
        "join_link": series.join_link if reader.has_perm("events.change_series", series) else None,
        "split_from": series.split_from_id,
    }


def occurrence_row(occurrence: Occurrence, *, has_link: bool) -> dict[str, Any]:
    """Return a meeting; its join link only to who hosts it or has a seat in it."""
    return {name: getattr(occurrence, name) for name in OCCURRENCE} | {
        "url": f"{settings.SITE_URL}{occurrence.get_absolute_url()}",
        "series": occurrence.series_id,
        "title": occurrence.shown_title,
        "timezone": occurrence.series.timezone,
        "is_tentative": occurrence.is_tentative,
        "format": occurrence.shown_format,
        "place": occurrence.shown_place,
        "join_link": occurrence.shown_link if has_link else None,
        "agenda": occurrence.shown_agenda,
        "seats_onsite": occurrence.capacity("onsite"),
        "seats_online": occurrence.capacity("online"),
        "sequence": occurrence.shown_sequence,
        "thread": occurrence.thread_id,
    }
