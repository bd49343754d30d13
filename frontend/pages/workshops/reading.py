"""The pages that show workshops: a series, a meeting."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.people.rules import is_signed_in
from events.actions.topics import voter_key
from events.enums import Format, MinutesState, Mode
from events.exchange.jsonld import structured
from events.models import Minutes, Occurrence, Seat, Series, TopicVote
from events.queries import (
    blocks_of,
    joinable,
    occurrences_visible_to,
    position_of,
    seat_counts,
    series_visible_to,
    topics_of,
)
from events.recurrence import sentence
from forum.enums import PostState
from forum.models import Post
from forum.queries import posts_visible_to
from frontend.pages.workshops.forms import BlockForm, DateForm, StatusForm
from frontend.pages.workshops.subscribing import occurrence_path, personal_links, series_links
from frontend.signed_in import person_of

NEXT_SHOWN, PAST_SHOWN, POSTS_SHOWN = 8, 8, 3


def series(request: HttpRequest, pk: str, slug: str) -> HttpResponse:  # noqa: ARG001 - the address is the identifier's
    """Show a series: what it is, when it comes back, its next and past meetings, its calendar."""
    rows = series_visible_to(request.user).select_related("network", "institution").prefetch_related("facilitators")
    found = get_object_or_404(rows, pk=pk)
    meetings = occurrences_visible_to(request.user).filter(series=found)
    now = timezone.now()
    context = {
        "section": "workshops",
        "series": found,
        "rhythm": rhythm_of(found),
        "next": list(meetings.to_come(now)[:NEXT_SHOWN]),
        "past": list(meetings.over(now)[:PAST_SHOWN]),
        "links": _links(request, found),
        "is_personal": series_links(found) is None,
        "may_change": request.user.has_perm("events.change_series", found),
        "skipped": found.schedule.skipped,
        "date_form": DateForm(auto_id="date_%s"),
    }
    return render(request, "workshops/series.html", context)


def _links(request: HttpRequest, found: Series) -> dict[str, Any] | None:
    """Return where to subscribe: the series' own calendar, or, where that is closed to programs, the reader's."""
    return series_links(found) or (personal_links(request.user) if is_signed_in(request.user) else None)


def rhythm_of(series: Series) -> str:
    """Say when a series takes place."""
    schedule = series.schedule
    return sentence(schedule.rule, schedule.start, series.timezone)


def occurrence(request: HttpRequest, pk: int, slug: str) -> HttpResponse:  # noqa: ARG001 - the address is the identifier's
    """Show a meeting: when, where, its agenda."""
    found = get_object_or_404(occurrences_visible_to(request.user).select_related("thread"), pk=pk)
    minutes = Minutes.objects.filter(occurrence=found).first()
    mine = Seat.objects.filter(occurrence=found, user=request.user.pk).first()
    context = {
        "section": "workshops",
        "occurrence": found,
        "series": found.series,
        "structured": structured(found),
        "calendar_path": occurrence_path(found),
        "thread": found.thread,
        "posts": _last_posts(request, found),
        "minutes": minutes,
        "blocks": list(blocks_of(minutes, request.user)) if minutes else [],
        "block_form": BlockForm(initial={"client_id": secrets.token_hex(8)}, auto_id="neuf_%s"),
        "status_form": StatusForm(initial={"status": found.status}, auto_id="etat_%s"),
        "topics": _topics(request, found),
        "mine": mine,
        "position": position_of(mine) if mine else None,
        "counts": seat_counts(found),
        "modes": _modes(found),
        "has_begun": found.starts_at <= timezone.now(),
        "is_over": found.ends_at <= timezone.now(),
        "is_writable": is_signed_in(request.user) and (minutes is None or minutes.state != MinutesState.FROZEN),
        "join_link": found.shown_link if joinable(request.user, [found]) else "",
        "may_change": request.user.has_perm("events.change_occurrence", found),
        "may_view_room": request.user.has_perm("events.view_room", found),
        "crumbs": [
            {"label": _("Ateliers"), "url": reverse("workshops")},
            {"label": found.series.title, "url": found.series.get_absolute_url()},
            {"label": found.shown_title},
        ],
    }
    return render(request, "workshops/occurrence.html", context)


def _last_posts(request: HttpRequest, occurrence: Occurrence) -> list[Post]:
    """Return the newest posts of the meeting's discussion that everybody reads, in order."""
    if occurrence.thread is None:
        return []
    posts = posts_visible_to(request.user, occurrence.thread).filter(state=PostState.VISIBLE)
    return list(posts.reverse()[:POSTS_SHOWN])[::-1]


def _topics(request: HttpRequest, occurrence: Occurrence) -> list[dict[str, Any]]:
    rows: list[Any] = list(topics_of(occurrence))
    keys = [voter_key(person_of(request), row) for row in rows] if is_signed_in(request.user) else []
    mine = set(TopicVote.objects.filter(topic__in=rows, voter__in=keys).values_list("topic_id", flat=True))
    return [{"topic": row, "voices": row.voices, "is_mine": row.pk in mine} for row in rows]


def _modes(occurrence: Occurrence) -> list[tuple[str, str]]:
    """Return the ways to come, where there is a choice."""
    return [(mode.value, str(mode.label)) for mode in Mode] if occurrence.shown_format == Format.HYBRID else []
