"""The page where posts of a thread are chosen, to write a sheet from them or to give them a thread of their own."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commons.errors import Invalid
from commons.permissions import require
from forum.actions import draft_sheet, split_thread
from forum.enums import PostState
from forum.models import Post, Thread
from forum.queries import posts_visible_to
from frontend.errors import words_of
from frontend.pages.discussions.finding import number_in, visible_thread
from frontend.pages.discussions.reading import crumbs
from frontend.signed_in import person_of
from practices.enums import Genre

SHOWN, MOST = 50, 200


@login_required
def choose(request: HttpRequest, pk: str) -> HttpResponse:
    """Choose posts, over as many pages as it takes, then make a draft sheet or another thread of them."""
    thread = visible_thread(request, pk)
    require(request.user, "forum.follow_thread", thread)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = {number for text in asked.getlist("posts") if (number := number_in(text))}
    if request.method != "POST":
        return _page(request, thread, chosen)
    posts = list(posts_visible_to(request.user, thread).filter(seq__in=sorted(chosen)[:MOST]))
    title = asked.get("title", "")
    try:
        if "split" in asked:
            return redirect(split_thread(by=person_of(request), thread=thread, posts=posts, title=title))
        return _written(request, thread, posts, title)
    except Invalid as error:
        return _page(request, thread, chosen, refusal=words_of(error))


def _written(request: HttpRequest, thread: Thread, posts: list[Post], title: str) -> HttpResponse:
    kind = request.POST.get("kind", "")
    sheet = draft_sheet(
        by=person_of(request),
        thread=thread,
        posts=posts,
        title=title,
        kind=kind if kind in Genre else Genre.PRACTICE,
    )
    return redirect("sheet_edit", pk=sheet.pk, step="essentials")


def _page(request: HttpRequest, thread: Thread, chosen: set[int], refusal: str = "") -> HttpResponse:
    visible = posts_visible_to(request.user, thread).filter(state=PostState.VISIBLE)
    after = number_in(request.GET.get("apres", "")) or 0
    posts = list(visible.filter(seq__gt=after)[: SHOWN + 1])
    shown, more = posts[:SHOWN], posts[SHOWN:]
    kinds: list[dict[str, Any]] = [{"value": kind.value, "label": kind.label} for kind in Genre]
    context = {
        "section": "threads",
        "thread": thread,
        "rows": [{"post": post, "is_chosen": post.seq in chosen} for post in shown],
        "elsewhere": sorted(chosen - {post.seq for post in shown}),
        "after": shown[-1].seq if more else 0,
        "title": request.POST.get("title", thread.title[:100]),
        "kinds": kinds,
        "may_split": request.user.has_perm("forum.moderate_thread", thread),
        "refusal": refusal,
        "crumbs": crumbs(thread, {"label": _("Choisir des messages")}),
    }
    return render(request, "discussions/choose.html", context, status=422 if refusal else 200)
