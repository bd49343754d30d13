"""Owns the one way a thread changes: under its lock, with the next number."""

from collections.abc import Sequence

from commons.bus import publish
from commons.errors import NotFound
from forum.enums import EventKind
from forum.models import Event, Post, Thread
from forum.signals import ThreadEvent


def locked_thread(thread: Thread) -> Thread:
    """Return the thread's row, locked until the end of the transaction."""
    locked = (
        Thread.objects.select_for_update(of=("self",)).select_related("network", "sheet").filter(pk=thread.pk).first()
    )
    if locked is None:
        raise NotFound
    return locked


def record(locked: Thread, kind: EventKind, post: Post | None = None, removed: Sequence[int] = ()) -> int:
    """Give a change of a locked thread its number, keep it, and tell it on commit.

    The caller saves `last_seq` with whatever else it changes of the thread.
    """
    locked.last_seq += 1
    Event.objects.create(thread=locked, seq=locked.last_seq, kind=kind, post=post, removed=list(removed))
    publish(ThreadEvent(locked.pk, locked.last_seq, kind, post.pk if post else None))
    return locked.last_seq
