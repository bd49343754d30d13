"""What the forum tells people: replies where they follow, their answer accepted, threads in what they follow.

What moderators do to somebody's post is owed to them (`Kind.is_owed`): article 17 of the European regulation on digital
services (2022/2065) asks to tell the author of what is held back or deleted.
"""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commons.notices.enums import Channel
from commons.notices.kinds import Kind, News, Shown, Subject, add_kinds, add_subjects, split
from commons.notices.outbox import listen
from commons.notices.queries import followers_of
from commons.notices.words import name_of_writer, shortened
from commons.people.models import User
from commons.people.queries import moderators_of
from forum.enums import FollowLevel, PostState
from forum.models import Follow, Post, Thread
from forum.queries import held_posts, threads_visible_to
from forum.signals import AnswerAccepted, PersonMentioned, PostAdded, PostHeld, PostModerated, ThreadAdded

MOST_POSTS = 5
MENTION, REPLY, ANSWER, FOLLOWED = "mention", "reply", "answer", "followed"
MODERATED, TO_RELEASE = "post_moderated", "post_to_release"
HELD = "hold_post"
SAID_OF_MODERATORS = {
    HELD: gettext_lazy("Votre message dans « %(title)s » attend d’être relu par la modération"),
    "release_post": gettext_lazy("Votre message dans « %(title)s » a été relu : il paraît"),
    "change_post": gettext_lazy("La modération a modifié votre message dans « %(title)s »"),
    "delete_post": gettext_lazy("La modération a supprimé votre message dans « %(title)s »"),
    "restore_post": gettext_lazy("La modération a rétabli votre message dans « %(title)s »"),
}


def subject_of(thread_id: str) -> str:
    """Return how notices name a thread."""
    return f"thread:{thread_id}"


def _threads(user: Any, ids: Sequence[str]) -> dict[str, Shown]:
    rows = threads_visible_to(user).filter(pk__in=ids)
    return {thread.pk: Shown(thread.title, thread.get_absolute_url()) for thread in rows}


def _own_posts(user: Any, ids: Sequence[str]) -> dict[str, Shown]:
    rows = Post.objects.filter(author=user, pk__in=ids, thread__in=threads_visible_to(user)).select_related("thread")
    return {str(post.pk): Shown(post.thread.title, post.get_absolute_url()) for post in rows}


def _held_posts(user: Any, ids: Sequence[str]) -> dict[str, Shown]:
    rows = held_posts(user).filter(pk__in=ids)
    return {str(post.pk): Shown(post.thread.title, reverse("moderation_held")) for post in rows}


def _about(thread: Thread) -> tuple[str, ...]:
    network = (f"network:{thread.network_id}",) if thread.network_id else ()
    sheet = (f"sheet:{thread.sheet_id}",) if thread.sheet_id else ()
    return (*network, *sheet, *(f"term:{pk}" for pk in thread.tagged_terms.values_list("tag_id", flat=True)))


def _replies(fact: PostAdded) -> Iterator[News]:
    post = Post.objects.select_related("thread").filter(pk=fact.post_id).first()
    if post is None:
        return
    levels = (FollowLevel.WATCHING, FollowLevel.TRACKING)
    following = Follow.objects.filter(thread=post.thread_id, level__in=levels, last_read_seq__lt=post.seq)
    people = User.objects.filter(pk__in=following.values("user")).exclude(mentions__post=post)
    yield News(REPLY, subject_of(post.thread_id), people, fact.by_id, str(post.seq), _about(post.thread))


def _mentions(fact: PersonMentioned) -> Iterator[News]:
    post = Post.objects.select_related("thread").filter(pk=fact.post_id).first()
    if post is not None:
        people = User.objects.filter(pk=fact.user_id)
        yield News(MENTION, subject_of(post.thread_id), people, fact.by_id, str(post.seq), _about(post.thread))


def _answers(fact: AnswerAccepted) -> Iterator[News]:
    post = Post.objects.select_related("thread").filter(pk=fact.post_id).first()
    if post is not None:
        people = User.objects.filter(pk__in=[post.author_id])
        yield News(ANSWER, subject_of(post.thread_id), people, fact.by_id, str(post.seq), _about(post.thread))


def _threads_opened(fact: ThreadAdded) -> Iterator[News]:
    thread = Thread.objects.filter(pk=fact.thread_id).first()
    if thread is not None:
        about = _about(thread)
        yield News(FOLLOWED, subject_of(thread.pk), followers_of(about), fact.by_id, "1", about)


def _held(fact: PostHeld) -> Iterator[News]:
    yield News(MODERATED, f"post:{fact.post_id}", User.objects.filter(posts=fact.post_id), detail=HELD)
    thread = Thread.objects.filter(pk=fact.thread_id).first()
    if thread is not None:
        yield News(TO_RELEASE, f"held:{fact.post_id}", moderators_of(thread.network_id), fact.by_id)


def _moderated(fact: PostModerated) -> Iterator[News]:
    people = User.objects.filter(posts=fact.post_id)
    yield News(MODERATED, f"post:{fact.post_id}", people, fact.by_id, fact.deed)


def _new_posts(notice: Any) -> Any:
    posts = Post.objects.filter(thread=split(notice.subject)[1], state=PostState.VISIBLE, seq__gte=int(notice.detail))
    return posts.exclude(author=notice.user_id).select_related("author").order_by("seq")


def _texts(notice: Any, since: datetime.datetime | None) -> str:
    posts = _new_posts(notice)
    posts = list((posts.filter(created_at__gt=since) if since else posts)[:MOST_POSTS])
    return "\n\n".join(f"{name_of_writer(post.author)}\n{shortened(post.body)}" for post in posts)


def _own_text(notice: Any, _since: datetime.datetime | None) -> str:
    post = Post.objects.filter(thread=split(notice.subject)[1], seq=int(notice.detail)).first()
    return shortened(post.body) if post is not None else ""


def _moderated_text(notice: Any, _since: datetime.datetime | None) -> str:
    body = Post.objects.filter(pk=notice.object_id).values_list("body", flat=True).first() or ""
    appeal = _("Vous pouvez répondre à ce message si vous pensez que c’est une erreur.")
    return f"{shortened(body)}\n\n{appeal}"


def _said_moderated(notice: Any, title: str) -> str:
    return str(SAID_OF_MODERATORS[notice.detail]) % {"title": title}


def _said_to_release(_notice: Any, title: str) -> str:
    return _("Un message attend d’être relu dans « %(title)s »") % {"title": title}


def _held_text(notice: Any, _since: datetime.datetime | None) -> str:
    body = Post.objects.filter(pk=notice.object_id).values_list("body", flat=True).first() or ""
    return shortened(body)


def _said_reply(notice: Any, title: str) -> str:
    if notice.count == 1:
        return _("%(name)s a répondu dans « %(title)s »") % {"name": name_of_writer(notice.by), "title": title}
    return ngettext(
        "%(count)d nouveau message dans « %(title)s »", "%(count)d nouveaux messages dans « %(title)s »", notice.count
    ) % {"count": notice.count, "title": title}


def _said_mention(notice: Any, title: str) -> str:
    return _("%(name)s vous mentionne dans « %(title)s »") % {"name": name_of_writer(notice.by), "title": title}


def _said_answer(_notice: Any, title: str) -> str:
    return _("Votre réponse a été retenue dans « %(title)s »") % {"title": title}


def _place(notice: Any, url: str) -> str:
    return f"{url}?autour={notice.detail}#m{notice.detail}"


def register() -> None:
    """Make the forum's facts known to who follows."""
    add_subjects(
        Subject("thread", gettext_lazy("Discussion"), _threads),
        Subject("post", gettext_lazy("Message"), _own_posts),
        Subject("held", gettext_lazy("Message"), _held_posts),
    )
    add_kinds(
        Kind(
            MENTION,
            gettext_lazy("On me mentionne"),
            _said_mention,
            weight=3,
            body=_own_text,
            holds=lambda notice: _new_posts(notice).exists(),
            url=_place,
            is_answerable=True,
        ),
        Kind(
            REPLY,
            gettext_lazy("Des messages dans une discussion que je suis"),
            _said_reply,
            weight=1,
            body=_texts,
            holds=lambda notice: _new_posts(notice).exists(),
            url=_place,
            keeps_first=True,
            is_answerable=True,
        ),
        Kind(
            ANSWER,
            gettext_lazy("Ma réponse est retenue"),
            _said_answer,
            mail=Channel.DAILY,
            weight=2,
            body=_own_text,
            url=_place,
            is_answerable=True,
        ),
        Kind(
            MODERATED,
            gettext_lazy("La modération d’un de mes messages"),
            _said_moderated,
            body=_moderated_text,
            is_owed=True,
        ),
        Kind(TO_RELEASE, gettext_lazy("Un message que je peux laisser paraître"), _said_to_release, body=_held_text),
    )
    listen(PostHeld, _held)
    listen(PostModerated, _moderated)
    listen(PersonMentioned, _mentions)
    listen(PostAdded, _replies)
    listen(AnswerAccepted, _answers)
    listen(ThreadAdded, _threads_opened)
