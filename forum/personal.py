"""What the forum keeps of a person: threads, posts and their former texts, reactions, votes, drafts, follows."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commons.people import holdings
from commons.people.enums import ErasureMode
from commons.people.holdings import Section, section
from commons.people.models import User
from forum.actions.events import locked_thread, record
from forum.actions.reactions import count_reactions, count_votes
from forum.enums import EventKind, PostState
from forum.models import Birth, Poll, Post, PostRevision, Thread

NAMELESS = "stays, without the person"
COLUMNS = {
    "forum.Thread.created_by": "stays without the person; in removal, deleted when only they wrote in it",
    "forum.Post.author": "stays without the person; in removal, emptied unless somebody answered it or built on it",
    "forum.Thread_guests.user": "deleted; the others go on",
    "forum.PostRevision.by": "stays without the person; in removal, deleted with the text of its post",
    "forum.Birth.by": NAMELESS,
    "forum.Reaction.user": "deleted, and the post counted again",
    "forum.Vote.user": "deleted; an open poll is counted again, the result of a closed one stays",
    "forum.Follow.user": "deleted",
    "forum.Draft.user": "deleted",
    "forum.Mention.user": "deleted; the handle in the text is written over like the name",
}


def _sections(person: User) -> Iterator[Section]:
    threads = Thread.objects.filter(created_by=person)
    yield section("discussions", _("Mes discussions"), threads, "title", "kind", "audience", "created_at")
    yield section(
        "messages", _("Mes messages"), person.posts, "thread__title", "body", "state", "created_at", "edited_at"
    )
    former = PostRevision.objects.filter(Q(by=person) | Q(post__author=person))
    yield section(
        "anciens-textes", _("Anciens textes de messages"), former, "post__thread__title", "number", "body", "created_at"
    )
    yield section("reactions", _("Mes réactions"), person.reactions, "post__thread__title", "kind")
    yield section("votes", _("Mes votes"), person.votes, "poll__question", "option")
    yield section(
        "suivis", _("Discussions suivies"), person.follows, "thread__title", "level", "last_read_seq", "saved_at"
    )
    yield section(
        "brouillons", _("Mes brouillons de messages"), person.drafts, "thread__title", "title", "body", "updated_at"
    )
    yield section(
        "mentions", _("Messages qui me mentionnent"), person.mentions, "post__thread__title", "post__created_at"
    )
    births = Birth.objects.filter(by=person)
    yield section(
        "fiches-nees", _("Fiches tirées de discussions"), births, "thread__title", "sheet__title", "created_at"
    )


def _erase(person: User, mode: ErasureMode) -> None:
    reacted = list(Post.objects.filter(reaction_rows__user=person).distinct())
    voted = list(Poll.objects.filter(votes__user=person).distinct())
    person.reactions.all().delete()
    person.votes.all().delete()
    for post in reacted:
        count_reactions(post)
    for poll in voted:
        if not poll.is_closed:
            count_votes(poll)
    if mode == ErasureMode.REMOVE:
        for thread in Thread.objects.filter(posts__author=person).distinct():
            _remove_from(locked_thread(thread), person)


def _remove_from(locked: Thread, person: User) -> None:
    """Empty what the person wrote in a thread and nobody answered; delete the thread when it was only theirs."""
    is_shared = locked.posts.exclude(author=person).exists() or locked.births.exclude(by=person).exists()
    if not is_shared:
        locked.delete()
        return
    answered = Post.objects.filter(parent__author=person).exclude(author=person).values("parent")
    own = locked.posts.filter(author=person, seq__gt=1, births=None).exclude(pk__in=answered)
    for post in own.exclude(pk=locked.answer_id or 0):
        _empty(locked, post)
    locked.save(update_fields=["last_seq", "post_count"])


def _empty(locked: Thread, post: Post) -> None:
    locked.post_count -= post.state == PostState.VISIBLE
    post.revisions.all().delete()
    Poll.objects.filter(post=post).delete()
    post.body = post.html = ""
    post.state = PostState.DELETED
    post.save(update_fields=["body", "html", "state"])
    record(locked, EventKind.POST_DELETED, post)


def register() -> None:
    """Say what this app keeps of people."""
    holdings.register(holdings.Holding(app="forum", columns=COLUMNS, sections=_sections, erase=_erase))
