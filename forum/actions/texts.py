"""Owns how a post’s text becomes what readers see, and whom it names; done before a thread is locked: it takes time."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Invalid
from commons.people.models import User
from commons.text.markdown import RENDERER_VERSION, render
from commons.text.mentions import Mentions
from forum.models import BODY_LIMIT, Mention, Post, Thread
from forum.queries import people_named
from forum.signals import PersonMentioned


@dataclass(frozen=True)
class Text:
    """A clean text, its HTML with the ids of the post of number `seq`, and whom it names."""

    body: str
    html: str
    seq: int
    named: frozenset[int]


def clean_body(body: str) -> str:
    """Return a post's text as it is kept; refuse an empty one, and one over the limit."""
    clean = body.replace("\r\n", "\n").replace("\x00", "").strip()
    if not clean:
        raise Invalid({"body": [_("Écrivez un message.")]})
    if len(clean) > BODY_LIMIT:
        raise Invalid({"body": [_("10 000 caractères au plus.")]})
    return clean


def rendered(thread: Thread, body: str, seq: int = 0) -> Text:
    """Render a clean text. People who may read the thread are named by their handles; in an anonymous one nobody."""
    mentions = Mentions(people_named(thread, body))
    html = render(body, prefix=f"m{seq}", heading_level=3, max_length=BODY_LIMIT, mentions=mentions)
    return Text(body, html, seq, frozenset(mentions.named))


def show(post: Post, text: Text) -> None:
    """Put a text on a post; the caller saves. Ids that another number's post would have are made again."""
    if text.seq != post.seq and f"m{text.seq}-" in text.html:
        text = rendered(post.thread, text.body, post.seq)
    post.body, post.html, post.renderer = text.body, text.html, RENDERER_VERSION


def keep_mentions(post: Post, named: Collection[int], by: User) -> list[int]:
    """Keep whom a new or changed post names; return who was not named before. Naming oneself is nothing."""
    known = set() if post.revision == 1 else set(post.mentions.values_list("user_id", flat=True))
    if gone := known - set(named):
        post.mentions.filter(user__in=gone).delete()
    fresh = sorted(set(named) - known - {by.pk})
    if fresh:
        Mention.objects.bulk_create([Mention(post=post, user_id=pk) for pk in fresh])
    return fresh


def tell_mentioned(post: Post, people: Collection[int]) -> None:
    """Tell, on commit, who was named in a post that readers see."""
    for pk in people:
        publish(PersonMentioned(pk, post.pk, post.thread_id, post.author_id))
