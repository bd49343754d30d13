"""The pages of threads: lists, one thread, one post."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from forum.models import Post, Thread
from forum.queries import newest_posts, posts_around, posts_visible_to, threads_by_activity, threads_visible_to
from frontend.paging import page_of


def listing(request: HttpRequest) -> HttpResponse:
    """List the threads that one may read, the last posted in first."""
    rows = threads_by_activity(threads_visible_to(request.user))
    return render(request, "discussions/threads.html", page_of(request, rows) | {"section": "threads"})


def thread(request: HttpRequest, pk: str, slug: str) -> HttpResponse:  # noqa: ARG001 - the readable end of the address
    """Show a window of a thread's posts: around a number when one is asked for, else the newest."""
    found = _visible(request, pk)
    posts = posts_visible_to(request.user, found)
    asked = request.GET.get("autour", "")
    window = posts_around(posts, int(asked)) if asked.isdecimal() and len(asked) < 10 else newest_posts(posts)  # noqa: PLR2004 - a number that the database holds
    return render(request, "discussions/thread.html", {"section": "threads", "thread": found, "posts": window})


def post_options(request: HttpRequest, pk: str, seq: int) -> HttpResponse:
    """Show one post and what this reader may do with it."""
    return _post_page(request, pk, seq, "discussions/post.html")


def post_history(request: HttpRequest, pk: str, seq: int) -> HttpResponse:
    """Show a post's former texts."""
    return _post_page(request, pk, seq, "discussions/history.html")


def _post_page(request: HttpRequest, pk: str, seq: int, template: str) -> HttpResponse:
    found = _visible(request, pk)
    post: Post = get_object_or_404(posts_visible_to(request.user, found), seq=seq)
    revisions = post.revisions.select_related("by").order_by("-number")
    return render(request, template, {"section": "threads", "thread": found, "post": post, "revisions": revisions})


def _visible(request: HttpRequest, pk: str) -> Thread:
    found: Thread = get_object_or_404(threads_visible_to(request.user).listed(), pk=pk)
    return found
