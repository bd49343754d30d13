"""Writes what a person keeps of a thread: how far they have read, how closely they follow, saved, drafts."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.errors import Invalid, NotFound
from commons.notices.actions import read_subject
from commons.notices.enums import Level
from commons.people.models import User
from commons.permissions import require
from forum.enums import FollowLevel
from forum.models import BODY_LIMIT, Draft, Follow, Thread
from forum.queries import threads_visible_to

LEVELS: dict[str, FollowLevel] = {Level.FOLLOWED: FollowLevel.WATCHING, Level.MUTED: FollowLevel.MUTED}


@transaction.atomic
def mark_read(*, by: User, thread: Thread, seq: int) -> Follow:
    """Move the person's pointer forward to `seq`, never back, never past the thread's end: two devices agree.

    Who has read to the end has read what they were told of the thread.
    """
    require(by, "forum.follow_thread", thread, see="forum.view_thread")
    follow, _created = Follow.objects.select_for_update(of=("self",)).get_or_create(user=by, thread=thread)
    reached = min(seq, thread.last_seq)
    if reached > follow.last_read_seq:
        follow.last_read_seq = reached
        follow.save(update_fields=["last_read_seq"])
        if reached == thread.last_seq:
            read_subject(by=by, subject=f"thread:{thread.pk}")
    return follow


def follow_thread(*, by: User, thread: Thread, level: str) -> Follow:
    """Choose how closely to follow: watching, tracking, normal, muted."""
    require(by, "forum.follow_thread", thread, see="forum.view_thread")
    if level not in FollowLevel.values:
        raise Invalid({"level": [_("Choisissez dans la liste.")]})
    follow, _created = Follow.objects.update_or_create(user=by, thread=thread, defaults={"level": level})
    return follow


def stand_towards_thread(by: User, thread_id: str, level: str) -> None:
    """Follow a thread, mute it, or neither, as notices name it: kept as how closely one follows, and nowhere else.

    Who hears a muted thread again follows it if they wrote there. Letting go needs no right to read it any more.
    """
    if level:
        thread = threads_visible_to(by).select_related("network", "sheet").filter(pk=thread_id).first()
        if thread is None:
            raise NotFound
        follow_thread(by=by, thread=thread, level=LEVELS[level])
        return
    kept = by.follows.filter(thread=thread_id)
    has_posted = by.posts.filter(thread=thread_id).exists()
    heard = FollowLevel.TRACKING if has_posted else FollowLevel.NORMAL
    if not kept.filter(level=FollowLevel.MUTED).update(level=heard):
        kept.update(level=FollowLevel.NORMAL)


def save_thread(*, by: User, thread: Thread, is_saved: bool) -> Follow:
    """Keep a thread for later, or no longer; nothing to do with following or thanking."""
    require(by, "forum.follow_thread", thread, see="forum.view_thread")
    saved_at = timezone.now() if is_saved else None
    follow, _created = Follow.objects.update_or_create(user=by, thread=thread, defaults={"saved_at": saved_at})
    return follow


def save_draft(*, by: User, thread: Thread | None, body: str, title: str = "") -> Draft | None:
    """Keep what the person is writing; an empty text is no draft, and for an anonymous thread nothing is kept."""
    if thread is None:
        require(by, "forum.add_thread")
    else:
        require(by, "forum.follow_thread", thread, see="forum.view_thread")
    if thread is not None and thread.is_anonymous:
        return None
    if not body.strip() and not title.strip():
        Draft.objects.filter(user=by, thread=thread).delete()
        return None
    texts = {"body": body.replace("\x00", "")[: 2 * BODY_LIMIT], "title": title.replace("\x00", "")[:200]}
    draft, _created = Draft.objects.update_or_create(
        user=by, thread=thread, defaults={**texts, "updated_at": timezone.now()}
    )
    return draft
