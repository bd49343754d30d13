"""Reads posts by windows of numbers, and the changes that a reader missed."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from commons.people.enums import MemberRole
from commons.people.rules import is_moderator, is_signed_in, member_roles
from forum.enums import PostState
from forum.models import Event, Post, Thread

WINDOW = 30
REPLAY = 200


def posts_visible_to(user: Any, thread: Thread) -> QuerySet[Post]:
    """Return a readable thread's posts in order: `forum.view_post`; a deleted one keeps its place, without its text."""
    posts: QuerySet[Post] = thread.posts.all()
    if not user.has_perm("forum.moderate_thread", thread):
        own = Q(author=user) if is_signed_in(user) else Q(pk__in=())
        posts = posts.filter(~Q(state=PostState.HELD) | own)
    return posts.select_related("author", "author__institution", "poll", "parent").order_by("seq")


def held_posts(user: Any) -> QuerySet[Post]:
    """Return the held posts that the person may let through, oldest first: `forum.release_post` as one query."""
    held = Post.objects.filter(state=PostState.HELD).select_related("author", "thread", "thread__network")
    if not is_moderator(user):
        curated = [pk for pk, role in member_roles(user).items() if role == MemberRole.CURATOR]
        held = held.filter(thread__network__in=curated)
    return held.order_by("created_at", "pk")


def posts_around(posts: QuerySet[Post], seq: int) -> list[Post]:
    """Return a window of posts that holds the post of that number, or what stands nearest after it."""
    after = list(posts.filter(seq__gte=seq)[:WINDOW])
    most = WINDOW - min(len(after), WINDOW - WINDOW // 3)
    before = list(posts.filter(seq__lt=seq).reverse()[:most]) if seq > 1 else []
    return before[::-1] + after[: WINDOW - len(before)]


def posts_after(posts: QuerySet[Post], seq: int) -> list[Post]:
    """Return the window that follows a number."""
    return list(posts.filter(seq__gt=seq)[:WINDOW])


def posts_before(posts: QuerySet[Post], seq: int) -> list[Post]:
    """Return the window that precedes a number."""
    return list(posts.filter(seq__lt=seq).reverse()[:WINDOW])[::-1]


def newest_posts(posts: QuerySet[Post]) -> list[Post]:
    """Return the last window."""
    return list(posts.reverse()[:WINDOW])[::-1]


def event_numbered(thread_id: str, seq: int) -> Event | None:
    """Return one change with all that is shown of it."""
    shown = ("thread", "post__author__institution", "post__poll", "post__parent", "post__thread")
    return Event.objects.filter(thread=thread_id, seq=seq).select_related(*shown).first()


def events_after(thread: Thread, seq: int) -> list[Event] | None:
    """Return what changed after a number, oldest first, `REPLAY` at most; `None` when it cannot be told any more.

    A reader who gets `None` (the changes were thrown away, or the number is from another life of this thread) reads
    the thread again.
    """
    if seq == thread.last_seq:
        return []
    if seq > thread.last_seq:
        return None
    events: Sequence[Event] = list(
        Event.objects.filter(thread=thread, seq__gt=seq)
        .select_related("post", "post__author", "post__author__institution", "post__poll", "post__parent")
        .order_by("seq")[:REPLAY]
    )
    if not events or events[0].seq != seq + 1:
        return None
    for event in events:
        event.thread = thread
        if event.post is not None:
            event.post.thread = thread
    return list(events)
