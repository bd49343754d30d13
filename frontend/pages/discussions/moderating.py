"""The page where a thread is put in order: its title and tags, closed, pinned, slowed down, moved, merged."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commons.errors import CommonsError, Invalid, NotFound
from commons.people.models import User
from commons.people.queries import networks_of
from commons.permissions import require
from forum.actions import change_thread, close_thread, merge_thread, move_thread, order_thread, reopen_thread
from forum.models import Thread
from forum.queries import space_named, threads_visible_to
from frontend.errors import words_of
from frontend.pages.discussions.finding import number_in, visible_thread
from frontend.pages.discussions.forms import ThreadFacts
from frontend.pages.discussions.reading import crumbs
from frontend.signed_in import person_of

IDENTIFIER = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")


def _facts(by: User, thread: Thread, sent: Any) -> Thread:
    values = {name: sent.get(name, "") for name in ("title", "kind", "audience")}
    return change_thread(by=by, thread=thread, values=values | {"tags": sent.get("tags", "").split(",")})


def _slow(by: User, thread: Thread, sent: Any) -> Thread:
    seconds = number_in(sent.get("slow_seconds", ""))
    if seconds is None:
        raise Invalid({"slow_seconds": [_("Un nombre entier est attendu.")]})
    return order_thread(by=by, thread=thread, slow_seconds=seconds)


def _move(by: User, thread: Thread, sent: Any) -> Thread:
    return move_thread(by=by, thread=thread, network=space_named(by, sent.get("space", ""))[0])


def _merge(by: User, thread: Thread, sent: Any) -> Thread:
    named = IDENTIFIER.search(sent.get("into", ""))
    into = threads_visible_to(by).filter(pk=named[0]).first() if named else None
    if into is None:
        raise Invalid({"into": [_("Copiez l’adresse de la discussion qui accueille celle-ci.")]})
    return merge_thread(by=by, thread=thread, into=into)


DEEDS: dict[str, Callable[[User, Thread, Any], Thread]] = {
    "facts": _facts,
    "close": lambda by, thread, _sent: close_thread(by=by, thread=thread),
    "reopen": lambda by, thread, _sent: reopen_thread(by=by, thread=thread),
    "pin": lambda by, thread, _sent: order_thread(by=by, thread=thread, is_pinned=True),
    "unpin": lambda by, thread, _sent: order_thread(by=by, thread=thread, is_pinned=False),
    "slow": _slow,
    "move": _move,
    "merge": _merge,
}
"""What the forms of the page may ask, each one action."""


@login_required
def order(request: HttpRequest, pk: str) -> HttpResponse:
    """Show what this person may set of a thread, and do what one of the forms asks."""
    thread = visible_thread(request, pk)
    require(request.user, "forum.change_thread", thread)
    if request.method != "POST":
        return _page(request, thread)
    deed = request.POST.get("deed", "")
    if deed not in DEEDS:
        raise NotFound
    try:
        done = DEEDS[deed](person_of(request), thread, request.POST)
    except CommonsError as error:
        return _page(request, thread, refusal=words_of(error), status=error.status)
    messages.success(request, _("C’est fait."))
    return redirect(done)


def _page(request: HttpRequest, thread: Thread, refusal: str = "", status: int = 200) -> HttpResponse:
    tags = [tagged.tag.name for tagged in thread.tagged_terms.select_related("tag").order_by("pk")]
    facts = {name: getattr(thread, name) for name in ("title", "kind", "audience")} | {"tags": ", ".join(tags)}
    initial = request.POST.dict() if request.POST.get("deed") == "facts" else facts
    context = {
        "section": "threads",
        "thread": thread,
        "form": ThreadFacts(initial=initial),
        "moderates": request.user.has_perm("forum.moderate_thread", thread),
        "networks": networks_of(person_of(request)),
        "refusal": refusal,
        "into": request.POST.get("into", ""),
        "crumbs": crumbs(thread, {"label": _("Régler la discussion")}),
    }
    return render(request, "discussions/order.html", context, status=status)
