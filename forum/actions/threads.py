"""Writes threads: open, change, close, pin, move, merge, split, accept an answer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.people.models import Network, User
from commons.permissions import require
from commons.text.normalise import on_one_line
from forum.actions.bound import refuse_bound
from forum.actions.events import locked_thread, note_on_thread, record
from forum.actions.posts import posted_before, write_post
from forum.actions.texts import clean_body, rendered, show
from forum.enums import Audience, EventKind, PostState, ThreadKind
from forum.models import Draft, Post, Thread
from forum.signals import AnswerAccepted, ThreadAdded, ThreadAudienceChanged
from practices.actions.glossary import terms_for
from practices.models import Sheet

TITLE_LIMIT = 200
TAG_LIMIT = 10
SLOWEST = 3600


@transaction.atomic
def add_thread(
    *,
    by: User,
    title: str,
    body: str,
    kind: str = ThreadKind.DISCUSSION,
    audience: str = "",
    network: Network | None = None,
    sheet: Sheet | None = None,
    tags: Iterable[str] = (),
    client_id: str = "",
) -> Thread:
    """Open a thread with its first post. In a network's space only its members may; about a sheet, its readers.

    A network's thread is for its members unless told otherwise. A retry with the same `client_id` returns the same
    thread. The writer watches it.
    """
    require(by, "forum.add_thread")
    if repeated := posted_before(by, client_id):
        return repeated.thread
    values = {"title": title, "kind": kind, "audience": audience or _usual_audience(network)}
    thread = Thread(created_by=by, network=network, sheet=sheet)
    _take(thread, values)
    clean = clean_body(body)
    labels = _clean_tags(tags)
    if network is not None:
        _refuse_outsider(by, network)
    require(by, "forum.view_thread", thread)
    text = rendered(thread, clean, seq=1)
    thread.save(force_insert=True)
    thread.tags.set(terms_for(labels))
    write_post(thread, by=by, text=text, client_id=client_id)
    by.follows.filter(thread=thread).update(level="watching")
    Draft.objects.filter(user=by, thread__isnull=True).delete()
    publish(ThreadAdded(thread.pk, by.pk))
    return thread


def _usual_audience(network: Network | None) -> str:
    return Audience.NETWORK if network else Audience.PUBLIC


def _refuse_outsider(by: User, network: Network) -> None:
    probe = Thread(network=network, audience=Audience.NETWORK)
    if not by.has_perm("forum.view_thread", probe):
        raise Invalid({"space": [_("Seuls les membres de ce réseau ouvrent une discussion dans son espace.")]})


def _take(thread: Thread, values: Mapping[str, Any]) -> None:
    """Check values and set them; the caller saves."""
    errors: dict[str, list[str]] = {}
    title = on_one_line(str(values.get("title", thread.title)).replace("\x00", ""))
    if not title or len(title) > TITLE_LIMIT:
        errors["title"] = [_("Un titre de 1 à 200 caractères est attendu.")]
    kind, audience = values.get("kind", thread.kind), values.get("audience", thread.audience)
    if kind not in ThreadKind.values:
        errors["kind"] = [_("Choisissez dans la liste.")]
    if audience not in Audience.values:
        errors["audience"] = [_("Choisissez dans la liste.")]
    if audience == Audience.NETWORK and thread.network_id is None:
        errors["audience"] = [_("Choisissez d’abord l’espace d’un réseau.")]
    if errors:
        raise Invalid(errors)
    thread.title, thread.kind, thread.audience = title, kind, audience


def _clean_tags(tags: Iterable[str]) -> list[str]:
    labels = list(dict.fromkeys(" ".join(str(tag).split()) for tag in tags))
    labels = [label for label in labels if label]
    if len(labels) > TAG_LIMIT or any(len(label) > 100 for label in labels):  # noqa: PLR2004 - a term's length
        raise Invalid({"tags": [_("Dix mots-clés de 100 caractères au plus.")]})
    return labels


@transaction.atomic
def change_thread(*, by: User, thread: Thread, values: Mapping[str, Any]) -> Thread:
    """Change a thread's `title`, `kind`, `audience` or `tags`; of a bound one, its `tags` alone."""
    require(by, "forum.change_thread", thread, see="forum.view_thread")
    if unknown := [name for name in values if name not in ("title", "kind", "audience", "tags")]:
        raise Invalid({name: [_("Ce champ est inconnu.")] for name in unknown})
    locked = locked_thread(thread)
    if any(values[name] != getattr(locked, name) for name in ("title", "kind", "audience") if name in values):
        refuse_bound(locked)
    _take(locked, values)
    if "tags" in values:
        locked.tags.set(terms_for(_clean_tags(values["tags"])))
    if locked.kind != ThreadKind.QUESTION:
        locked.answer = None
    return _changed(locked, by, "change_thread")


def _changed(locked: Thread, by: User, deed: str) -> Thread:
    locked.updated_at = timezone.now()
    record(locked, EventKind.THREAD_CHANGED)
    locked.save()
    note_on_thread(by, deed, locked)
    publish(ThreadAudienceChanged(locked.pk))
    return locked


@transaction.atomic
def close_thread(*, by: User, thread: Thread) -> Thread:
    """Take no more posts but the moderators'; closing again changes nothing."""
    require(by, "forum.change_thread", thread, see="forum.view_thread")
    locked = locked_thread(thread)
    if locked.closed_at is not None:
        return locked
    locked.closed_at = timezone.now()
    return _changed(locked, by, "close_thread")


@transaction.atomic
def reopen_thread(*, by: User, thread: Thread) -> Thread:
    """Take posts again. What a moderator merged away stays closed."""
    require(by, "forum.change_thread", thread, see="forum.view_thread")
    locked = locked_thread(thread)
    if locked.merged_into_id is not None:
        raise Conflict(_("Cette discussion a rejoint une autre : écrivez là-bas."), code="merged")
    if locked.closed_at is None:
        return locked
    locked.closed_at = None
    return _changed(locked, by, "reopen_thread")


@transaction.atomic
def order_thread(*, by: User, thread: Thread, is_pinned: bool | None = None, slow_seconds: int | None = None) -> Thread:
    """Pin a thread on top of its lists, or slow it down (seconds between two posts of a person, 0 to 3600)."""
    require(by, "forum.moderate_thread", thread, see="forum.view_thread")
    if slow_seconds is not None and not 0 <= slow_seconds <= SLOWEST:
        raise Invalid({"slow_seconds": [_("De 0 à 3 600 secondes.")]})
    locked = locked_thread(thread)
    locked.is_pinned = locked.is_pinned if is_pinned is None else is_pinned
    locked.slow_seconds = locked.slow_seconds if slow_seconds is None else slow_seconds
    return _changed(locked, by, "order_thread")


@transaction.atomic
def move_thread(*, by: User, thread: Thread, network: Network | None) -> Thread:
    """Move a thread to a network's space, or back to the general one; it is then read by that space's usual readers.

    For who moderates the thread and belongs where it goes.
    """
    require(by, "forum.moderate_thread", thread, see="forum.view_thread")
    locked = locked_thread(thread)
    refuse_bound(locked)
    if network is not None:
        _refuse_outsider(by, network)
    locked.network, locked.audience = network, _usual_audience(network)
    return _changed(locked, by, "move_thread")


@transaction.atomic
def accept_answer(*, by: User, thread: Thread, post: Post | None) -> Thread:
    """Mark the post that answers a question, another one, or none (`None`)."""
    require(by, "forum.change_thread", thread, see="forum.view_thread")
    locked = locked_thread(thread)
    if locked.kind != ThreadKind.QUESTION:
        raise Conflict(_("Seule une question a une réponse retenue."), code="not_a_question")
    if post is not None and (post.thread_id != locked.pk or post.seq == 1 or post.state != PostState.VISIBLE):
        raise Invalid({"post": [_("Choisissez un message visible de cette discussion, après la question.")]})
    if locked.answer_id == (post.pk if post else None):
        return locked
    locked.answer = post
    _changed(locked, by, "change_thread")
    if post is not None:
        publish(AnswerAccepted(locked.pk, post.pk, by.pk))
    return locked


@transaction.atomic
def split_thread(*, by: User, thread: Thread, posts: Sequence[Post], title: str) -> Thread:
    """Open another thread, with the same readers, from posts of this one; never from its first post."""
    require(by, "forum.moderate_thread", thread, see="forum.view_thread")
    locked = locked_thread(thread)
    refuse_bound(locked)
    moving = _own_posts(locked, posts)
    other = Thread(created_by=moving[0].author, network=locked.network, sheet=locked.sheet, audience=locked.audience)
    _take(other, {"title": title, "kind": ThreadKind.DISCUSSION, "audience": locked.audience})
    other.save(force_insert=True)
    _carry(locked, other, moving)
    note_on_thread(by, "split_thread", locked)
    return other


def _own_posts(locked: Thread, posts: Sequence[Post]) -> list[Post]:
    ids = [post.pk for post in posts]
    moving = list(Post.objects.filter(thread=locked, pk__in=ids, seq__gt=1).order_by("seq"))
    if not moving or len(moving) != len(set(ids)):
        raise Invalid({"posts": [_("Choisissez des messages de cette discussion, après le premier.")]})
    return moving


@transaction.atomic
def merge_thread(*, by: User, thread: Thread, into: Thread) -> Thread:
    """Append a thread's posts to another one and close it with a link there. Readers must be the same."""
    require(by, "forum.moderate_thread", thread, see="forum.view_thread")
    require(by, "forum.moderate_thread", into, see="forum.view_thread")
    if thread.pk == into.pk:
        raise Invalid({"into": [_("Choisissez une autre discussion.")]})
    first, second = sorted((thread, into), key=lambda one: one.pk)
    by_pk = {one.pk: one for one in (locked_thread(first), locked_thread(second))}
    source, target = by_pk[thread.pk], by_pk[into.pk]
    refuse_bound(source)
    refuse_bound(target)
    readers = [(one.audience, one.network_id, one.sheet_id) for one in (source, target)]
    if readers[0] != readers[1]:
        raise Invalid({"into": [_("Ces deux discussions n’ont pas les mêmes lecteurs.")]})
    _carry(source, target, list(source.posts.order_by("seq")))
    source.merged_into, source.closed_at, source.answer = target, timezone.now(), None
    _changed(source, by, "merge_thread")
    return target


def _carry(source: Thread, target: Thread, posts: list[Post]) -> None:
    """Give posts their numbers in another thread; both threads' readers are told."""
    source.events.filter(post__in=posts).update(post=None)
    if source.answer_id in {post.pk for post in posts}:
        source.answer = None
    for post in posts:
        post.thread, post.seq = target, target.last_seq + 1
        show(post, rendered(target, post.body, post.seq))
        post.save(update_fields=["thread", "seq", "html", "renderer"])
        record(target, EventKind.POST_ADDED, post)
    record(source, EventKind.POST_MOVED, removed=[post.pk for post in posts])
    for thread in (source, target):
        visible = thread.posts.filter(state=PostState.VISIBLE)
        thread.post_count = visible.count()
        last = visible.order_by("-created_at").first()
        thread.last_post_at = last.created_at if last else thread.created_at
        thread.save()
