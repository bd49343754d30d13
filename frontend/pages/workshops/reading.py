"""The pages that show workshops: what is to come, a series, a meeting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Series
from events.queries import joinable, occurrences_visible_to, series_visible_to
from events.recurrence import sentence
from frontend.paging import page_of

NEXT_SHOWN, PAST_SHOWN = 8, 8


def workshops(request: HttpRequest) -> HttpResponse:
    """List the meetings to come, the next first."""
    rows = occurrences_visible_to(request.user).to_come(timezone.now())
    return render(request, "workshops/list.html", page_of(request, rows, per_page=20) | {"section": "workshops"})


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
        "calendar_url": reverse("api-series-calendar", args=[found.pk]),
        "may_change": request.user.has_perm("events.change_series", found),
    }
    return render(request, "workshops/series.html", context)


def rhythm_of(series: Series) -> str:
    """Say when a series takes place."""
    schedule = series.schedule
    return sentence(schedule.rule, schedule.start, series.timezone)


def occurrence(request: HttpRequest, pk: int, slug: str) -> HttpResponse:  # noqa: ARG001 - the address is the identifier's
    """Show a meeting: when, where, its agenda."""
    found = get_object_or_404(occurrences_visible_to(request.user), pk=pk)
    context = {
        "section": "workshops",
        "occurrence": found,
        "series": found.series,
        "join_link": found.shown_link if joinable(request.user, [found]) else "",
        "may_change": request.user.has_perm("events.change_occurrence", found),
        "crumbs": [
            {"label": _("Ateliers"), "url": reverse("workshops")},
            {"label": found.series.title, "url": found.series.get_absolute_url()},
            {"label": found.shown_title},
        ],
    }
    return render(request, "workshops/occurrence.html", context)
