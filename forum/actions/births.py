"""Owns the road from a thread to a sheet."""

from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from commons.errors import Invalid
from commons.people.models import User
from commons.permissions import require
from forum.enums import Audience, PostState, ThreadKind
from forum.models import Birth, Post, Thread
from practices.actions import create_sheet
from practices.enums import Confidentiality, Genre
from practices.fields import field_of
from practices.fields.types import Markdown
from practices.models import Sheet

DIFFUSION: Final = {
    Audience.PUBLIC: Confidentiality.PUBLIC,
    Audience.MEMBERS: Confidentiality.MEMBERS,
    Audience.NETWORK: Confidentiality.NETWORK,
}


@transaction.atomic
def draft_sheet(
    *, by: User, thread: Thread, posts: Sequence[Post], title: str = "", kind: str = Genre.PRACTICE
) -> Sheet:
    """Make a draft sheet from posts of a thread: their texts in order, whom they come from, and the way back.

    People who agreed to be named are credited; of an anonymous thread nobody, and the draft stays under the Chatham
    House rule. The draft's diffusion is no wider than the thread's. The sheet shows
    where it was born to who may read the thread, the thread shows its sheets to who may read them.
    """
    require(by, "forum.follow_thread", thread, see="forum.view_thread")
    chosen = list(
        Post.objects.filter(thread=thread, pk__in=[post.pk for post in posts], state=PostState.VISIBLE)
        .select_related("author")
        .order_by("seq")
    )
    if not chosen:
        raise Invalid({"posts": [_("Choisissez au moins un message.")]})
    sheet = create_sheet(by=by, values=_values(by, thread, chosen, title or thread.title, kind))
    birth = Birth.objects.create(thread=thread, sheet=sheet, by=None if thread.is_anonymous else by)
    birth.posts.set(chosen)
    return sheet


def _values(by: User, thread: Thread, posts: list[Post], title: str, kind: str) -> dict[str, Any]:
    asked = posts[0] if posts[0].seq == 1 and thread.kind == ThreadKind.QUESTION else None
    told = [post for post in posts if post is not asked] or posts
    values: dict[str, Any] = {
        "kind": kind,
        "title": title,
        "confidentiality": Confidentiality.CHATHAM if thread.is_anonymous else DIFFUSION[Audience(thread.audience)],
        "based_on": {"url": f"{settings.SITE_URL}{thread.get_absolute_url()}"},
        "authors": [] if thread.is_anonymous else [{"name": name} for name in _credited(by, posts)],
    }
    story = "problem" if kind == Genre.NEED else "what"
    values[story] = _within(story, kind, "\n\n".join(_told(post) for post in told))
    if asked is not None and kind == Genre.PRACTICE:
        values["problem"] = _within("problem", kind, asked.body)
    return values


def _within(field: str, kind: str, text: str) -> str:
    """Cut a text to what the field takes, visibly: the thread keeps the whole."""
    type_ = field_of(field).type_for(kind)
    assert isinstance(type_, Markdown)  # noqa: S101 - both fields are
    return text if len(text) <= type_.limit else f"{text[: type_.limit - 3]}…"


def _told(post: Post) -> str:
    name = post.author.public_name if post.author and post.author.is_credited else ""
    return f"{post.body}\n\n— {name}" if name else post.body


def _credited(by: User, posts: list[Post]) -> list[str]:
    people = [by, *(post.author for post in posts if post.author)]
    return list(dict.fromkeys(person.public_name for person in people if person.is_credited))[:20]
