"""Reads threads, and what a person keeps of them."""

from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet

from commons.notices.enums import Level
from commons.people.models import User
from commons.people.rules import is_moderator, is_signed_in, member_roles
from commons.rows import Ready
from forum.enums import Audience, FollowLevel
from forum.models import UNANSWERED, Birth, Follow, Thread, ThreadQuerySet
from practices.models import Sheet
from practices.queries import sheets_visible_to

STANCES: dict[str, str] = {
    FollowLevel.WATCHING: Level.FOLLOWED,
    FollowLevel.TRACKING: Level.FOLLOWED,
    FollowLevel.MUTED: Level.MUTED,
}


def threads_visible_to(user: Any) -> ThreadQuerySet:
    """Return every thread the person may read: `forum.view_thread` as one query."""
    if is_moderator(user):
        return Thread.objects.all()
    is_open: Any = Q(audience=Audience.PUBLIC)
    if is_signed_in(user):
        is_open |= Q(audience=Audience.MEMBERS) | Q(audience=Audience.NETWORK, network__in=list(member_roles(user)))
        is_open |= Q(is_bound=True) & Exists(Thread.guests.through.objects.filter(thread=OuterRef("pk"), user=user.pk))
    readable = Q(sheet__isnull=True) | Exists(sheets_visible_to(user).filter(pk=OuterRef("sheet")))
    return Thread.objects.filter(is_open).filter(readable)


_ONE = Ready(lambda pk: Thread.objects.filter(pk=pk), CharField())


def thread_visible_to(user: Any, pk: str) -> Thread | None:
    """Return one thread if the person may read it: `forum.view_thread` itself, asked of the row.

    Building the query that asks it of every row at once costs ten times as much; a test proves that both agree.
    """
    thread = _ONE.first(pk)
    if thread is None:
        return None
    if thread.sheet_id is not None:
        thread.sheet = Sheet.objects.defer("content", "stamps").get(pk=thread.sheet_id)
    return thread if user.has_perm("forum.view_thread", thread) else None


def threads_by_activity(threads: ThreadQuerySet) -> ThreadQuerySet:
    """Order threads for a list: the pinned first, then the last posted in. A bound one is listed once it has posts."""
    return _told(threads).listed().order_by("-is_pinned", "-last_post_at", "-pk")


def _told(threads: ThreadQuerySet) -> ThreadQuerySet:
    return threads.filter(merged_into__isnull=True).exclude(is_bound=True, post_count=0)


def count_listed(user: Any, threads: ThreadQuerySet) -> dict[str, int]:
    """Count what a list would show in one query: `all`, the questions `unanswered`, and what a member has `unread`."""
    counts = {"all": Count("pk"), "unanswered": Count("pk", filter=UNANSWERED)}
    if is_signed_in(user):
        counts["unread"] = Count("pk", filter=_is_unread_by(user))
    return _told(threads).order_by().aggregate(**counts)


def threads_of(user: Any, threads: ThreadQuerySet) -> ThreadQuerySet:
    """Keep the threads that the person opened, posted in, follows or saved."""
    if not is_signed_in(user):
        return threads.none()
    taken_part = Q(created_by=user) | Exists(user.posts.filter(thread=OuterRef("pk")))
    kept = Exists(
        user.follows.filter(thread=OuterRef("pk")).filter(
            Q(level__in=("watching", "tracking")) | Q(saved_at__isnull=False)
        )
    )
    return threads.filter(taken_part | kept)


def threads_beside(user: Any, sheet_id: str) -> ThreadQuerySet:
    """Return the threads about a sheet, and those it was born from (`is_origin`), the last posted in first."""
    origin = Exists(Birth.objects.filter(thread=OuterRef("pk"), sheet=sheet_id))
    threads = threads_visible_to(user).filter(merged_into__isnull=True).annotate(is_origin=origin)
    return threads.filter(Q(sheet=sheet_id) | Q(is_origin=True)).order_by("-last_post_at", "-pk")


def follow_of(user: Any, thread: Thread) -> Follow:
    """Return what the person keeps of a thread; an unsaved one when they keep nothing."""
    kept = Follow.objects.filter(user=user, thread=thread).first() if is_signed_in(user) else None
    return kept or Follow(user=user if is_signed_in(user) else None, thread=thread)


def unread_threads(user: Any, threads: ThreadQuerySet) -> QuerySet[Thread]:
    """Keep the threads with something new since the person last read them; never a muted one."""
    if not is_signed_in(user):
        return threads.none()
    return threads.filter(_is_unread_by(user))


def _is_unread_by(user: Any) -> Exists:
    behind = user.follows.filter(thread=OuterRef("pk"), last_read_seq__lt=OuterRef("last_seq"))
    return Exists(behind.exclude(level="muted"))


def last_read(user: Any, threads: list[Thread]) -> dict[str, int]:
    """Return how far the person has read, by thread, in one query."""
    if not is_signed_in(user):
        return {}
    rows = user.follows.filter(thread__in=[thread.pk for thread in threads])
    return dict(rows.values_list("thread_id", F("last_read_seq")))


def stance_on_thread(user: Any, thread_id: str) -> str:
    """Return where a person stands towards a thread, as notices say it: followed, muted, or neither."""
    kept = Follow.objects.filter(user=user, thread=thread_id).values_list("level", flat=True).first()
    return STANCES.get(kept or "", "")


def threads_muted_by(user: Any) -> QuerySet[Follow, str]:
    """Return the ids of the threads that a person muted, the newest first."""
    muted = Follow.objects.filter(user=user, level=FollowLevel.MUTED)
    return muted.order_by("-pk").values_list("thread_id", flat=True)


def people_muting_thread(thread_id: str) -> QuerySet[User]:
    """Return who muted a thread."""
    return User.objects.filter(follows__thread=thread_id, follows__level=FollowLevel.MUTED)
