"""The page of one post: what this reader may do with it, each thing a form; and its former texts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commons.errors import CommonsError, Conflict, Invalid, NotFound
from commons.people.models import User
from commons.text.diffs import word_diff
from forum.actions import (
    accept_answer,
    add_poll,
    change_post,
    close_poll,
    delete_post,
    react,
    release_post,
    restore_post,
    vote,
)
from forum.enums import PostState, ReactionKind, ThreadKind
from forum.models import Poll, Post, Thread
from frontend.errors import words_of
from frontend.pages.discussions.finding import number_in, visible_post, visible_thread
from frontend.pages.discussions.reading import crumbs
from frontend.pages.discussions.replying import previewed, render_text
from frontend.signed_in import person_of

Sent = Any


def options(request: HttpRequest, pk: str, seq: int) -> HttpResponse:
    """Show one post and what this reader may do with it."""
    thread = visible_thread(request, pk)
    return _page(request, thread, visible_post(request, thread, seq))


def _page(request: HttpRequest, thread: Thread, post: Post, status: int = 200, **more: Any) -> HttpResponse:
    user, is_shown = request.user, post.state == PostState.VISIBLE
    may_change = user.has_perm("forum.change_post", post)
    poll = post.own_poll if is_shown else None
    context = {
        "section": "threads",
        "thread": thread,
        "post": post,
        "crumbs": crumbs(thread, {"label": _("Message %(number)s") % {"number": post.seq}}),
        "may_reply": is_shown and user.has_perm("forum.add_post", thread),
        "may_change": may_change and post.state != PostState.DELETED,
        "may_delete": may_change and post.state != PostState.DELETED and post.seq > 1,
        "may_restore": may_change and post.state == PostState.DELETED,
        "may_release": post.state == PostState.HELD and user.has_perm("forum.release_post", post),
        "may_accept": is_shown
        and post.seq > 1
        and thread.kind == ThreadKind.QUESTION
        and user.has_perm("forum.change_thread", thread),
        "may_add_poll": is_shown and may_change and poll is None,
        "may_vote": poll is not None and not poll.is_closed and user.has_perm("forum.vote", poll),
        "may_close_poll": poll is not None and not poll.is_closed and may_change,
        "reactions": _reactions(user, post),
        "poll": poll,
        "chosen": list(poll.votes.filter(user=user).values_list("option", flat=True))
        if poll and user.is_authenticated
        else [],
        "report_url": f"{reverse('report')}?kind=post&id={post.pk}"
        if post.state != PostState.DELETED and post.author_id != user.pk
        else "",
        "question": request.POST.get("question", ""),
        "choices": request.POST.get("options", "") if "question" in request.POST else "",
        "body": post.body,
        "revision": post.revision,
    }
    return render(request, "discussions/post.html", context | more, status=status)


def _reactions(user: Any, post: Post) -> list[dict[str, Any]]:
    """Return the things this person may say of the post, and which they have said."""
    if not user.has_perm("forum.react", post):
        return []
    said = set(post.reaction_rows.filter(user=user).values_list("kind", flat=True))
    return [{"kind": kind.value, "label": kind.label, "is_said": kind in said} for kind in ReactionKind]


@require_POST
@login_required
def change(request: HttpRequest, pk: str, seq: int) -> HttpResponse:
    """Change a post's text, or see how it will look; when somebody else changed it meanwhile, show both texts."""
    thread = visible_thread(request, pk)
    post, body = visible_post(request, thread, seq), request.POST.get("body", "")
    revision = number_in(request.POST.get("revision", "")) or 0
    if "preview" in request.POST:
        kept: dict[str, Any] = {"body": body, "revision": revision, "preview": render_text(body)}
        return previewed(request, body) or _page(request, thread, post, **kept)
    try:
        change_post(by=person_of(request), post=post, body=body, revision=revision)
    except Conflict as error:
        theirs = error.theirs.get("body", "")
        told: dict[str, Any] = {"theirs": theirs, "revision": error.revision or revision}
        told["stretches"] = word_diff(str(theirs), body)
        return _page(request, thread, post, error.status, body=body, refusal=str(error.message), **told)
    except CommonsError as error:
        return _page(request, thread, post, error.status, body=body, revision=revision, refusal=words_of(error))
    return redirect(post)


def _poll_of(post: Post) -> Poll:
    if post.own_poll is None:
        raise NotFound
    post.own_poll.post = post
    return post.own_poll


def _react(by: User, post: Post, sent: Sent) -> None:
    react(by=by, post=post, kind=sent.get("kind", ""), is_on=sent.get("on", "1") == "1")


def _ask(by: User, post: Post, sent: Sent) -> None:
    lines = sent.get("options", "").splitlines()
    add_poll(by=by, post=post, question=sent.get("question", ""), options=lines, is_multiple="is_multiple" in sent)


def _vote(by: User, post: Post, sent: Sent) -> None:
    chosen = [number for text in sent.getlist("options") if (number := number_in(text)) is not None]
    vote(by=by, poll=_poll_of(post), options=chosen)


DEEDS: dict[str, Callable[[User, Post, Sent], object]] = {
    "react": _react,
    "delete": lambda by, post, _sent: delete_post(by=by, post=post),
    "restore": lambda by, post, _sent: restore_post(by=by, post=post),
    "release": lambda by, post, _sent: release_post(by=by, post=post),
    "accept": lambda by, post, _sent: accept_answer(by=by, thread=post.thread, post=post),
    "unaccept": lambda by, post, _sent: accept_answer(by=by, thread=post.thread, post=None),
    "ask": _ask,
    "vote": _vote,
    "close-poll": lambda by, post, _sent: close_poll(by=by, poll=_poll_of(post)),
}
"""What a form of the page may ask, each one action."""


@require_POST
@login_required
def act(request: HttpRequest, pk: str, seq: int, deed: str) -> HttpResponse:
    """Do one thing with a post, then show it in its thread."""
    thread = visible_thread(request, pk)
    post = visible_post(request, thread, seq)
    if deed not in DEEDS:
        raise NotFound
    try:
        DEEDS[deed](person_of(request), post, request.POST)
    except (Invalid, Conflict) as error:
        return _page(request, thread, post, error.status, refusal=words_of(error))
    if deed == "delete":
        messages.success(request, _("Le message est supprimé. Vous pouvez le rétablir."))
        return redirect("post_options", pk, seq)
    return redirect(post)


def history(request: HttpRequest, pk: str, seq: int) -> HttpResponse:
    """Show what each change of a post changed, the last first; a deleted post shows nothing of itself."""
    thread = visible_thread(request, pk)
    post = visible_post(request, thread, seq)
    if post.state == PostState.DELETED and not request.user.has_perm("forum.change_post", post):
        raise NotFound
    revisions = list(post.revisions.select_related("by").order_by("number"))
    texts = [revision.body for revision in revisions] + [post.body]
    changes = [
        {"by": revision.by, "at": revision.created_at, "stretches": word_diff(before, after)}
        for revision, before, after in zip(revisions, texts, texts[1:], strict=False)
    ]
    there = {"label": _("Message %(number)s") % {"number": post.seq}, "url": reverse("post_options", args=[pk, seq])}
    context = {"section": "threads", "thread": thread, "post": post, "changes": changes[::-1]}
    context["crumbs"] = crumbs(thread, there, {"label": _("Historique")})
    return render(request, "discussions/history.html", context)
