"""Owns how the pages of discussions find what their addresses name; hidden and missing are the same."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from forum.models import Post, Thread
from forum.queries import posts_visible_to, thread_visible_to


def visible_thread(request: HttpRequest, pk: str) -> Thread:
    """Return a thread that one may read."""
    found = thread_visible_to(request.user, pk)
    if found is None:
        raise Http404
    return found


def visible_post(request: HttpRequest, thread: Thread, seq: int) -> Post:
    """Return a post that one may read."""
    found: Post = get_object_or_404(posts_visible_to(request.user, thread), seq=seq)
    return found


def number_in(text: str) -> int | None:
    """Return the number that an address gives, if the database can hold it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004 - digits of 2**31


def is_part(request: HttpRequest, name: str) -> bool:
    """Tell whether only this part of the page is asked for."""
    return bool(request.headers.get("HX-Request")) and request.headers.get("HX-Target") == name
