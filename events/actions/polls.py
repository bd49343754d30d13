"""Writes the polls of a room: opened, answered, closed with their counts."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.errors import Conflict, Invalid, NotFound, TooMany
from commons.people.models import User
from events.actions.entering import open_room_of
from events.actions.recording import record
from events.actions.values import clean_text
from events.enums import Change
from events.models import Occurrence, Poll, PollVote, Room
from events.queries.rooms import results_of, voter_key_of

FEWEST, MOST, LETTERS, ASKED_LETTERS = 2, 8, 120, 200
MOST_POLLS = 50


@transaction.atomic
def open_poll(*, by: User, occurrence: Occurrence, question: str, options: Sequence[str]) -> Poll:
    """Put a question with two to eight answers to the room. What was answered is hidden from who has not answered."""
    room = open_room_of(by=by, occurrence=occurrence, permission="events.run_room")
    asked = clean_text(question)
    given = [text for text in map(clean_text, options) if text]
    if not asked or len(asked) > ASKED_LETTERS:
        raise Invalid({"question": [_("De 1 à 200 caractères.")]})
    if len(set(given)) != len(given) or not FEWEST <= len(given) <= MOST or any(len(one) > LETTERS for one in given):
        raise Invalid({"options": [_("De deux à huit réponses différentes, de 120 caractères au plus.")]})
    if room.polls.count() >= MOST_POLLS:
        raise TooMany(_("Cette séance a déjà cinquante sondages."))
    poll = Poll.objects.create(room=room, question=asked, options=given)
    record(room, Change.POLL_OPENED, poll=poll.pk)
    return poll


@transaction.atomic
def answer_poll(*, by: User, poll: Poll, option: int) -> Poll:
    """Choose one answer, by its place from 0, or another one instead; refused once the poll is closed."""
    room = open_room_of(by=by, occurrence=poll.room.occurrence)
    poll = _current(room, poll)
    if poll.closed_at is not None:
        raise Conflict(_("Ce sondage est clos."), code="poll_closed")
    if not 0 <= option < len(poll.options):
        raise Invalid({"option": [_("Choisissez dans la liste.")]})
    PollVote.objects.update_or_create(poll=poll, voter=voter_key_of(by, poll), defaults={"option": option})
    poll.voters = poll.votes.count()
    poll.save(update_fields=["voters"])
    record(room, Change.POLL_ANSWERED, poll=poll.pk)
    return poll


@transaction.atomic
def close_poll(*, by: User, poll: Poll) -> Poll:
    """End a poll: its counts are shown to everybody, and the votes are forgotten. Closing twice changes nothing."""
    room = open_room_of(by=by, occurrence=poll.room.occurrence, permission="events.run_room")
    poll = _current(room, poll)
    if poll.closed_at is None:
        _close(poll)
        record(room, Change.POLL_CLOSED, poll=poll.pk)
    return poll


def close_open_polls(room: Room) -> None:
    """End the polls that are still open, because the room closes."""
    for poll in room.polls.filter(closed_at__isnull=True):
        _close(poll)


def _close(poll: Poll) -> None:
    poll.counts, poll.closed_at = results_of(poll), timezone.now()
    poll.save()
    poll.votes.all().delete()


def _current(room: Room, poll: Poll) -> Poll:
    found: Poll | None = room.polls.filter(pk=poll.pk).first()
    if found is None:
        raise NotFound
    return found
