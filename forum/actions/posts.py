"""Writes posts: add, change, delete, restore, let through."""

import datetime
import re
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, DateTimeField, Func
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.bus import publish
from commons.errors import Conflict, Invalid, TooMany
from commons.people.models import User
from commons.permissions import require
from commons.rows import Ready, delete_rows, insert_row, save_fields, together
from forum.actions.events import locked_thread, note_on_post, record
from forum.actions.texts import Text, clean_body, keep_mentions, rendered, show, tell_mentioned
from forum.enums import EventKind, FollowLevel, PostState
from forum.models import Draft, Follow, Post, PostRevision, Thread
from forum.signals import PostAdded, PostHeld

CLIENT_ID = re.compile(r"[\w.:-]{1,64}")
HOLD_FOR: Final = datetime.timedelta(days=7)
_POSTS_SINCE = Ready(
    lambda author, since: (
        Post.objects.filter(author=author, created_at__gt=since)
        .order_by()
        .values_list(Func("pk", function="COUNT", output_field=BigIntegerField()))
    ),
    BigIntegerField(),
    DateTimeField(),
)
OUTSIDE = re.compile(r"https?://|www\.", re.IGNORECASE)


def add_post(*, by: User, thread: Thread, body: str, client_id: str = "", parent: Post | None = None) -> Post:
    """Post in a thread. What is returned is kept: a retry with the same `client_id` returns the same post.

    Refuses a closed thread, an empty or too long body, a writer who goes too fast (all threads together, and in
    slow mode). The first post of somebody in no network waits for a moderator when it bears a link. In an anonymous
    thread nothing of who writes is written: no author, no reading pointer, and `client_id` as a digest.
    """
    require(by, "forum.follow_thread", thread, see="forum.view_thread")
    if repeated := posted_before(by, client_id, thread):
        return repeated
    _refuse_if_closed(by, thread)
    text = rendered(thread, clean_body(body))
    if parent is not None and parent.thread_id != thread.pk:
        raise Invalid({"parent": [_("Ce message est d’une autre discussion.")]})
    _refuse_haste(by, thread)
    try:
        with transaction.atomic():
            locked = locked_thread(thread)
            _refuse_if_closed(by, locked)
            _refuse_slow(by, locked)
            return write_post(locked, by=by, text=text, client_id=client_id, parent=parent)
    except IntegrityError:
        if repeated := posted_before(by, client_id, thread):  # the same retry came first, on another way
            return repeated
        raise


def posted_before(by: User, client_id: str, thread: Thread | None = None) -> Post | None:
    """Return what this writer posted under that `client_id`; refuse one that cannot be kept.

    In an anonymous thread, what was posted there under it: nobody else knows that word.
    """
    if client_id and not CLIENT_ID.fullmatch(client_id):
        raise Invalid({"client_id": [_("64 lettres, chiffres ou tirets au plus.")]})
    if not client_id:
        return None
    rows = Post.objects.select_related("thread")
    if thread is not None and thread.is_anonymous:
        return rows.filter(thread=thread, author=None, client_id=masked(thread, client_id)).first()
    return rows.filter(author=by, client_id=client_id).first()


def masked(thread: Thread, client_id: str) -> str:
    """Return what stands for a `client_id` where names are not written: a program may put a name into it."""
    return salted_hmac("forum.posts", f"{thread.pk}:{client_id}", algorithm="sha256").hexdigest()


def _refuse_if_closed(by: User, locked: Thread) -> None:
    if by.has_perm("forum.add_post", locked):
        return
    if locked.is_closed:
        raise Conflict(_("Cette discussion est close."), code="closed")
    require(by, "forum.add_post", locked)


def _refuse_haste(by: User, thread: Thread) -> None:
    """Count the posts of a minute. In an anonymous thread no row says whose they are: in memory, under a digest."""
    if thread.is_anonymous:
        minute = f"{_pace(by, thread)}:{timezone.now():%H%M}"
        cache.add(minute, 0, 120)
        is_hasty = cache.incr(minute) > settings.POSTS_PER_MINUTE
    else:
        since = timezone.now() - datetime.timedelta(minutes=1)
        is_hasty = _POSTS_SINCE.value(by.pk, since) >= settings.POSTS_PER_MINUTE
    if is_hasty:
        raise TooMany(_("Vous écrivez très vite : reprenez dans une minute, votre texte est gardé."))


def _refuse_slow(by: User, locked: Thread) -> None:
    """Refuse a second post within the time that a slowed thread asks for; its moderators do not wait."""
    if not locked.slow_seconds or by.has_perm("forum.moderate_thread", locked):
        return
    if locked.is_anonymous:
        is_fast = not cache.add(f"{_pace(by, locked)}:slow", 1, locked.slow_seconds)
    else:
        since = timezone.now() - datetime.timedelta(seconds=locked.slow_seconds)
        is_fast = Post.objects.filter(thread=locked, author=by, created_at__gt=since).exists()
    if is_fast:
        raise _too_fast(locked)


def _pace(by: User, thread: Thread) -> str:
    return "pace:" + salted_hmac("forum.pace", f"{thread.pk}:{by.pk}", algorithm="sha256").hexdigest()


def _too_fast(locked: Thread) -> TooMany:
    message = ngettext(
        "Un message toutes les %(seconds)d seconde ici : votre texte est gardé.",
        "Un message toutes les %(seconds)d secondes ici : votre texte est gardé.",
        locked.slow_seconds,
    )
    return TooMany(message % {"seconds": locked.slow_seconds}, code="slow_mode")


def write_post(locked: Thread, *, by: User, text: Text, client_id: str = "", parent: Post | None = None) -> Post:
    """Add a post to a locked thread, with its event; the writer has read up to their own post."""
    state = PostState.HELD if is_to_hold(by, text.body) else PostState.VISIBLE
    author = None if locked.is_anonymous else by
    kept_id = masked(locked, client_id) if locked.is_anonymous and client_id else client_id
    post = Post(thread=locked, seq=locked.last_seq + 1, author=author, client_id=kept_id, parent=parent)
    post.state = state
    show(post, text)
    insert_row(post)
    Post._meta.get_field("poll").set_cached_value(post, None)  # a new post has none: nobody need ask
    named = keep_mentions(post, text.named, by)
    with together():
        record(locked, EventKind.POST_ADDED, post, is_new=True)
        count_post(locked, post)
        if author is not None:
            _keep_reading(author, locked)
        if state == PostState.VISIBLE:
            tell_mentioned(post, named)
        fact = PostHeld if state == PostState.HELD else PostAdded
        publish(fact(post.pk, locked.pk, author.pk if author else None))
    return post


def _keep_reading(by: User, locked: Thread) -> None:
    """Move the writer's pointer to their own post, and follow from now on: one statement, whatever was there."""
    follow = Follow(user=by, thread=locked, last_read_seq=locked.last_seq, level=FollowLevel.TRACKING)
    insert_row(follow, unique=("user", "thread"), update=("last_read_seq",))
    delete_rows(Draft, thread=locked.pk, user=by.pk)


def is_to_hold(by: User, body: str) -> bool:
    """Tell whether a post looks like a passing spammer's: a link, from somebody new, unknown to every network."""
    if by.is_moderator or by.is_administrator or not OUTSIDE.search(body):
        return False
    is_new = by.date_joined > timezone.now() - HOLD_FOR
    return is_new and not by.memberships.exists() and not by.posts.filter(state=PostState.VISIBLE).exists()


def count_post(locked: Thread, post: Post) -> None:
    """Count a post that has just become readable, and save the thread."""
    if post.state == PostState.VISIBLE:
        locked.post_count += 1
        locked.last_post_at = max(locked.last_post_at, post.created_at)
    save_fields(locked, "last_seq", "post_count", "last_post_at")


@transaction.atomic
def change_post(*, by: User, post: Post, body: str, revision: int) -> Post:
    """Change a post's text; the former one is kept. Refuses when somebody changed it since `revision`."""
    require(by, "forum.change_post", post, see="forum.view_post")
    text = rendered(post.thread, clean_body(body), post.seq)
    locked = locked_thread(post.thread)
    post = _present(post)
    if post.state == PostState.DELETED:
        raise Conflict(_("Ce message est supprimé."), code="deleted")
    if post.revision != revision:
        raise Conflict(theirs={"body": post.body}, revision=post.revision)
    if text.body == post.body:
        return post
    by_whom = None if locked.is_anonymous else by
    PostRevision.objects.create(post=post, number=post.revision, body=post.body, by=by_whom)
    post.edited_at = timezone.now()
    post.revision += 1
    show(post, text)
    post.save(update_fields=["body", "html", "renderer", "revision", "edited_at"])
    named = keep_mentions(post, text.named, by)
    if post.state == PostState.VISIBLE:
        tell_mentioned(post, named)
    record(locked, EventKind.POST_CHANGED, post)
    note_on_post(by, "change_post", post, locked)
    locked.save(update_fields=["last_seq"])
    return post


@transaction.atomic
def delete_post(*, by: User, post: Post) -> Post:
    """Hide a post's text; its place stays. The first post goes only with its thread. Deleting again changes nothing."""
    require(by, "forum.change_post", post, see="forum.view_post")
    locked = locked_thread(post.thread)
    post = _present(post)
    if post.state == PostState.DELETED:
        return post
    if post.seq == 1 and not locked.is_bound:
        raise Conflict(
            _("Le premier message porte la discussion : modifiez-le, ou fermez la discussion."), code="first"
        )
    was_counted = post.state == PostState.VISIBLE
    post.state = PostState.DELETED
    post.save(update_fields=["state"])
    if locked.answer_id == post.pk:
        locked.answer = None
    locked.post_count -= was_counted
    record(locked, EventKind.POST_DELETED, post)
    note_on_post(by, "delete_post", post, locked)
    locked.save(update_fields=["last_seq", "post_count", "answer"])
    return post


@transaction.atomic
def restore_post(*, by: User, post: Post) -> Post:
    """Show a deleted post again; restoring again changes nothing."""
    require(by, "forum.change_post", post, see="forum.view_post")
    return _reveal(by, post, PostState.DELETED, "restore_post")


@transaction.atomic
def release_post(*, by: User, post: Post) -> Post:
    """Let a newcomer's held post through; its readers learn of it as of a new one."""
    require(by, "forum.release_post", post, see="forum.view_post")
    released = _reveal(by, post, PostState.HELD, "release_post")
    tell_mentioned(released, released.mentions.values_list("user_id", flat=True))
    publish(PostAdded(released.pk, released.thread_id, released.author_id))
    return released


def _reveal(by: User, post: Post, state: PostState, deed: str) -> Post:
    locked = locked_thread(post.thread)
    post = _present(post)
    if post.state != state:
        return post
    post.state = PostState.VISIBLE
    post.save(update_fields=["state"])
    record(locked, EventKind.POST_RESTORED, post)
    note_on_post(by, deed, post, locked)
    count_post(locked, post)
    return post


def _present(post: Post) -> Post:
    return Post.objects.select_related("thread", "author").get(pk=post.pk)
