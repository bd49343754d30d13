"""Turns threads, posts and changes into JSON values: the one output of each noun, for the API and the sockets."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from commons.drawings import drawn
from commons.people.models import User
from forum.enums import EventKind, PostState
from forum.models import Event, Follow, Poll, Post, Thread

POST = "forum/_post.html"
STATED = (EventKind.THREAD_CHANGED, EventKind.POST_DELETED, EventKind.POST_MOVED)
"""The changes that may change what is said of the thread, beside its posts: a deleted post may be its answer."""


def thread_row(thread: Thread) -> dict[str, Any]:
    """Return a thread as lists show it."""
    return {
        "id": thread.pk,
        "url": f"{settings.SITE_URL}{thread.get_absolute_url()}",
        "space": space_of(thread),
        "created_by": person(thread.created_by),
        "created_at": thread.created_at,
        "last_post_at": thread.last_post_at,
        "last_seq": thread.last_seq,
        "post_count": thread.post_count,
        **state(thread),
    }


def state(thread: Thread) -> dict[str, Any]:
    """Return what may change of a thread beside its posts."""
    return {
        "title": thread.title,
        "kind": thread.kind,
        "audience": thread.audience,
        "is_closed": thread.is_closed,
        "is_pinned": thread.is_pinned,
        "is_anonymous": thread.is_anonymous,
        "answer": thread.answer_id,
        "slow_seconds": thread.slow_seconds,
        "merged_into": thread.merged_into_id,
    }


def space_of(thread: Thread) -> str:
    """Return where a thread stands, as `POST /threads/` takes it."""
    if thread.sheet_id:
        return f"sheet:{thread.sheet_id}"
    return f"network:{thread.network.slug}" if thread.network else "general"


def person(user: User | None) -> dict[str, Any] | None:
    """Return who wrote, as readers see them."""
    if user is None:
        return None
    house = user.institution
    return {"id": user.pk, "name": user.public_name, "institution": house.slug if house else None}


def nameable(user: User) -> dict[str, Any]:
    """Return a person whom a post may name, and how."""
    house = user.institution
    return {
        "id": user.pk,
        "name": user.public_name,
        "handle": user.handle,
        "institution": house.slug if house else None,
    }


def post_whole(post: Post) -> dict[str, Any]:
    """Return a post as its readers see it: a deleted one keeps its place, without its text."""
    is_shown = post.state != PostState.DELETED
    return {
        "id": post.pk,
        "thread": post.thread_id,
        "seq": post.seq,
        "state": post.state,
        "author": person(post.author) if is_shown else None,
        "parent": post.parent_id,
        "body": post.body if is_shown else "",
        "html": post.html if is_shown else "",
        "revision": post.revision,
        "reactions": post.reactions if is_shown else {},
        "poll": poll_whole(post.own_poll) if is_shown and post.own_poll else None,
        "created_at": post.created_at,
        "edited_at": post.edited_at,
    }


def poll_whole(poll: Poll) -> dict[str, Any]:
    """Return a poll with what was voted, without who voted what."""
    return {
        "question": poll.question,
        "is_multiple": poll.is_multiple,
        "is_closed": poll.is_closed,
        "closes_at": poll.closes_at,
        "voters": poll.voter_count,
        "options": [{"label": row["label"], "count": row["count"]} for row in poll.results],
    }


def frame(event: Event) -> dict[str, Any]:
    """Return a change as every reader of the thread may see it, with the page's own HTML of the post.

    A held post is nobody's yet: its change has its number, and nothing to show.
    """
    post = event.post if event.post and event.post.state != PostState.HELD else None
    whole: dict[str, Any] = {
        "type": event.kind,
        "thread": event.thread_id,
        "seq": event.seq,
        "post": post_whole(post) if post else None,
        "html": post_html(post) if post else "",
    }
    if event.removed:
        whole["removed"] = event.removed
    if event.kind in STATED:
        whole["state"] = state(event.thread)
    return whole


def post_html(post: Post) -> SafeString:
    """Return the page's own HTML of a post, which is the same for every reader of a language.

    A page of thirty posts spent two thirds of its time on drawing them: one drawn before is not drawn again, but a
    poll, which ends by the clock.
    """
    if post.own_poll is not None:
        return mark_safe(render_to_string(POST, {"post": post}))  # noqa: S308 - a template's own output
    author, thread = post.author, post.thread
    house = author.institution if author else None
    who = (post.author_id, author.public_name if author else "", house.name if house else "")
    where = (thread.pk, thread.title, thread.is_anonymous, post.seq, post.parent.seq if post.parent else 0)
    what = (post.pk, post.state, post.created_at, post.edited_at, post.html, tuple(sorted(post.reactions.items())))
    return drawn(POST, (*who, *where, *what), {"post": post})


def follow_whole(follow: Follow) -> dict[str, Any]:
    """Return what a person keeps of a thread."""
    return {"level": follow.level, "last_read_seq": follow.last_read_seq, "is_saved": follow.saved_at is not None}
