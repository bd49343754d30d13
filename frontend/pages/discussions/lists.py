"""The lists of threads: by activity, the questions without an answer, one's own, what one has not read."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from commons.errors import Invalid
from commons.people.models import Network
from commons.people.queries import networks_of
from commons.people.rules import is_signed_in
from forum.models import Thread, ThreadQuerySet
from forum.queries import (
    count_listed,
    last_read,
    space_named,
    threads_by_activity,
    threads_of,
    threads_visible_to,
    unread_threads,
)
from frontend.kept_pages import kept_for_visitors
from frontend.pages.discussions.rows import row_of
from frontend.paging import page_of
from practices.models import Sheet, Term

AWAY = datetime.timedelta(minutes=30)
"""Whoever comes back after so long makes another visit."""


@kept_for_visitors("sheets", "threads")
def listing(request: HttpRequest) -> HttpResponse:
    """List the threads that one may read: the pinned first, then the last posted in."""
    space, tag = request.GET.get("space", ""), request.GET.get("tag", "")
    readable = threads_visible_to(request.user)
    network, sheet, readable = _in_space(request, readable, space)
    term = Term.objects.filter(slug=tag).first() if tag else None
    if tag:
        readable = readable.filter(tagged_terms__tag=term) if term else readable.none()
    views = _views(request.user, readable)
    asked = request.GET.get("view", "")
    view = asked if asked in views else ""
    counts = count_listed(request.user, readable)
    rows = threads_by_activity(views[view]).prefetch_related("tagged_terms__tag")
    context = page_of(request, rows, total=counts.get(view or "all"))
    context["rows"] = _rows(request, context["rows"])
    context |= {
        "section": "threads",
        "view": view,
        "tabs": _tabs(view, views, counts, space=space, tag=tag),
        "spaces": _spaces(request, space),
        "chips": _chips(view, space, tag, place=str(network or sheet or ""), word=str(term or tag)),
        "about": sheet,
        "open_url": f"{reverse('thread_create')}?{_query(space=space, kind=_kind_in(view))}",
    }
    return render(request, "discussions/threads.html", context)


def _kind_in(view: str) -> str:
    return "question" if view == "unanswered" else ""


def _in_space(
    request: HttpRequest, threads: ThreadQuerySet, space: str
) -> tuple[Network | None, Sheet | None, ThreadQuerySet]:
    if not space:
        return None, None, threads
    try:
        network, sheet = space_named(request.user, space)
    except Invalid:
        return None, None, threads.none()
    return network, sheet, threads.filter(network=network, sheet=sheet)


def _views(user: Any, threads: ThreadQuerySet) -> dict[str, Any]:
    views: dict[str, Any] = {"": threads, "unanswered": threads.unanswered()}
    if is_signed_in(user):
        views |= {"unread": unread_threads(user, threads), "mine": threads_of(user, threads)}
    return views


def _tabs(view: str, views: dict[str, Any], counts: dict[str, int], **kept: str) -> list[dict[str, Any]]:
    labels = {
        "": _("Toutes"),
        "unanswered": _("Sans réponse"),
        "unread": _("Non lues"),
        "mine": _("Les miennes"),
    }
    return [
        {
            "label": labels[name],
            "url": f"?{_query(view=name, **kept)}",
            "current": name == view,
            "count": counts.get(name),
        }
        for name in views
    ]


def _query(**names: str) -> str:
    return urlencode({name: value for name, value in names.items() if value})


def _spaces(request: HttpRequest, space: str) -> list[dict[str, Any]]:
    networks = networks_of(request.user) if request.user.is_authenticated else []
    offered = [("", _("Partout")), ("general", _("L’espace commun"))]
    offered += [(f"network:{network.slug}", network.name) for network in networks]
    return [{"value": value, "label": label, "is_chosen": value == space} for value, label in offered]


def _chips(view: str, space: str, tag: str, *, place: str, word: str) -> list[dict[str, str]]:
    chips = [{"label": place, "url": f"?{_query(view=view, tag=tag)}"}] if place else []
    return [*chips, {"label": word, "url": f"?{_query(view=view, space=space)}"}] if word else chips


def _rows(request: HttpRequest, threads: list[Thread]) -> list[dict[str, Any]]:
    read, since = last_read(request.user, threads), _last_visit(request)
    return [row_of(thread, read=read.get(thread.pk), since=since) for thread in threads]


def _last_visit(request: HttpRequest) -> datetime.datetime | None:
    """Return when the visit before this one ended; kept in the session, which is the person's own."""
    if not is_signed_in(request.user):
        return None
    now = timezone.now()
    seen = parse_datetime(request.session.get("threads_seen_at", "")) or now
    if now - seen > AWAY or "threads_before" not in request.session:
        request.session["threads_before"] = seen.isoformat()
        request.session["threads_seen_at"] = now.isoformat()
    elif now - seen > AWAY / 10:
        request.session["threads_seen_at"] = now.isoformat()
    return parse_datetime(request.session["threads_before"])
