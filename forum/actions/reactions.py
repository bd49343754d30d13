"""Writes reactions and votes."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.errors import Conflict, Invalid
from commons.people.models import User
from commons.permissions import require
from forum.actions.events import locked_thread, record
from forum.enums import EventKind, ReactionKind
from forum.models import Poll, Post, Reaction, Vote

FEWEST, MOST = 2, 10
OPTION_LIMIT = 120


@transaction.atomic
def react(*, by: User, post: Post, kind: str, is_on: bool = True) -> Post:
    """Say one of the few things about somebody's post, or take it back; saying it again changes nothing."""
    require(by, "forum.react", post, see="forum.view_post")
    if kind not in ReactionKind.values:
        raise Invalid({"kind": [_("Choisissez dans la liste.")]})
    locked = locked_thread(post.thread)
    said = Reaction.objects.filter(post=post, user=by, kind=kind)
    if said.exists() == is_on:
        return post
    if is_on:
        Reaction.objects.create(post=post, user=by, kind=kind)
    else:
        said.delete()
    count_reactions(post)
    record(locked, EventKind.POST_REACTED, post)
    locked.save(update_fields=["last_seq"])
    return post


def count_reactions(post: Post) -> None:
    """Count again what was said about a post."""
    post.reactions = dict(sorted(Counter(post.reaction_rows.values_list("kind", flat=True)).items()))
    post.save(update_fields=["reactions"])


@transaction.atomic
def add_poll(*, by: User, post: Post, question: str, options: Sequence[str], is_multiple: bool = False) -> Poll:
    """Put a question with 2 to 10 answers under one's own post; one per post. None where names are not written."""
    require(by, "forum.change_post", post, see="forum.view_post")
    if post.thread.is_anonymous:
        raise Conflict(_("Ici, aucun nom n’est écrit : on n’y vote pas."), code="anonymous")
    labels = list(dict.fromkeys(label for option in options if (label := " ".join(option.split()))))
    errors: dict[str, list[str]] = {}
    if not question.strip() or len(question) > 200:  # noqa: PLR2004 - the column's width
        errors["question"] = [_("Une question de 1 à 200 caractères est attendue.")]
    if not FEWEST <= len(labels) <= MOST or any(len(label) > OPTION_LIMIT for label in labels):
        errors["options"] = [_("De 2 à 10 réponses différentes, de 120 caractères au plus.")]
    if errors:
        raise Invalid(errors)
    locked = locked_thread(post.thread)
    if Poll.objects.filter(post=post).exists():
        raise Conflict(_("Ce message porte déjà un sondage."), code="has_poll")
    counts = [0] * len(labels)
    poll = Poll.objects.create(
        post=post, question=question.strip(), options=labels, counts=counts, is_multiple=is_multiple
    )
    _changed(poll, post, locked)
    return poll


def _changed(poll: Poll, post: Post, locked: object) -> None:
    post.poll = poll
    record(locked, EventKind.POLL_CHANGED, post)  # type: ignore[arg-type]
    locked.save(update_fields=["last_seq"])  # type: ignore[attr-defined]


@transaction.atomic
def vote(*, by: User, poll: Poll, options: Sequence[int]) -> Poll:
    """Choose answers by their place (from 0); voting again changes one's choice, no answer takes it back."""
    require(by, "forum.vote", poll, see="forum.view_post")
    locked = locked_thread(poll.post.thread)
    poll = Poll.objects.select_related("post", "post__thread").get(pk=poll.pk)
    if poll.is_closed:
        raise Conflict(_("Ce sondage est terminé."), code="closed")
    chosen = sorted(set(options))
    if any(not 0 <= option < len(poll.options) for option in chosen) or (len(chosen) > 1 and not poll.is_multiple):
        raise Invalid({"options": [_("Choisissez parmi les réponses.")]})
    poll.votes.filter(user=by).delete()
    Vote.objects.bulk_create([Vote(poll=poll, user=by, option=option) for option in chosen])
    count_votes(poll)
    _changed(poll, poll.post, locked)
    return poll


def count_votes(poll: Poll) -> None:
    """Count a poll's votes again."""
    counts = Counter(poll.votes.values_list("option", flat=True))
    poll.counts = [counts[number] for number in range(len(poll.options))]
    poll.voter_count = poll.votes.values("user").distinct().count()
    poll.save(update_fields=["counts", "voter_count"])


def close_poll(*, by: User, poll: Poll) -> Poll:
    """End the vote now; ending it again changes nothing."""
    require(by, "forum.change_post", poll.post, see="forum.view_post")
    with transaction.atomic():
        locked = locked_thread(poll.post.thread)
        if not poll.is_closed:
            poll.closes_at = timezone.now()
            poll.save(update_fields=["closes_at"])
            _changed(poll, poll.post, locked)
    return poll
