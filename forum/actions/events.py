"""Owns the one way a thread changes: under its lock, with the next number."""

from collections.abc import Sequence

from django.db.models import CharField, QuerySet

from commons.bus import publish
from commons.errors import NotFound
from commons.moderation.actions import note_deed
from commons.people.models import User
from commons.rows import Ready, Slot, insert_row
from forum.enums import EventKind
from forum.models import Event, Post, Thread
from forum.signals import PostModerated, ThreadEvent


def _locking(*joined: str) -> Ready[Thread]:
    unread = [f"sheet__{name}" for name in ("content", "stamps") if "sheet" in joined]

    def build(pk: Slot) -> QuerySet[Thread]:
        rows = Thread.objects.select_for_update(of=("self",)).filter(pk=pk)
        return rows.select_related(*joined).defer(*unread) if joined else rows

    return Ready(build, CharField())


_JOINS: tuple[tuple[str, ...], ...] = ((), ("network",), ("sheet",), ("network", "sheet"))
_LOCKED = {joined: _locking(*joined) for joined in _JOINS}


def locked_thread(thread: Thread) -> Thread:
    """Return the thread's row, locked until the end of the transaction."""
    joined = tuple(name for name in ("network", "sheet") if getattr(thread, f"{name}_id"))
    locked = _LOCKED[joined].first(thread.pk)
    if locked is None:
        raise NotFound
    return locked


def record(
    locked: Thread, kind: EventKind, post: Post | None = None, removed: Sequence[int] = (), *, is_new: bool = False
) -> int:
    """Give a change of a locked thread its number, keep it, and tell it on commit.

    The caller saves `last_seq` with whatever else it changes of the thread.
    """
    locked.last_seq += 1
    insert_row(Event(thread=locked, seq=locked.last_seq, kind=kind, post=post, removed=list(removed)))
    added = post if is_new else None
    publish(ThreadEvent(locked.pk, locked.last_seq, kind, post.pk if post else None, added))
    return locked.last_seq


def note_on_thread(by: User, deed: str, thread: Thread) -> None:
    """Write in the audit trail what is done to somebody else's thread."""
    if thread.created_by_id != by.pk:
        note_deed(
            by=by, deed=deed, kind="thread", object_id=thread.pk, label=thread.title, url=thread.get_absolute_url(),
            network=thread.network,
        )  # fmt: skip


def note_on_post(by: User, deed: str, post: Post, locked: Thread) -> None:
    """Write in the audit trail what is done to somebody else's post, and tell the fact: its author is to know."""
    if post.author_id != by.pk:
        label = f"{locked.title} · {post.seq}"
        note_deed(
            by=by, deed=deed, kind="post", object_id=post.pk, label=label, url=post.get_absolute_url(),
            network=locked.network,
        )  # fmt: skip
        publish(PostModerated(post.pk, deed, by.pk))
