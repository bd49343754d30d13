"""Writes the questions put to a room: asked, voted for, answered, taken out."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.errors import Invalid, NotFound, TooMany
from commons.people.models import User
from events.actions.entering import open_room_of
from events.actions.recording import record
from events.actions.values import clean_text, masked
from events.enums import Change
from events.models import Occurrence, Question, QuestionVote, Room
from events.queries.rooms import voter_key_of

MOST_QUESTIONS, LETTERS = 200, 300


@transaction.atomic
def ask_question(*, by: User, occurrence: Occurrence, text: str, client_id: str = "") -> tuple[Question, bool]:
    """Put a question to the room, with one's own voice; say whether it is new: the same `client_id` is the same one.

    Under the Chatham House rule who asked is not written, and of `client_id` only a digest.
    """
    room = open_room_of(by=by, occurrence=occurrence)
    is_chatham, asked = room.occurrence.series.is_chatham, clean_text(text)
    client_id = masked(f"room:{room.pk}", client_id) if is_chatham and client_id else clean_text(client_id)[:64]
    known = room.questions.filter(client_id=client_id).first() if client_id else None
    if known is not None:
        return known, False
    if not asked or len(asked) > LETTERS:
        raise Invalid({"text": [_("De 1 à 300 caractères.")]})
    if room.questions.count() >= MOST_QUESTIONS:
        raise TooMany(_("Cette séance a déjà deux cents questions."))
    author = None if is_chatham else by
    question = Question.objects.create(room=room, text=asked, by=author, voices=1, client_id=client_id or None)
    QuestionVote.objects.create(question=question, voter=voter_key_of(by, question))
    record(room, Change.QUESTION_ADDED, question=question.pk)
    return question, True


@transaction.atomic
def vote_question(*, by: User, question: Question, is_on: bool = True) -> Question:
    """Give or take back one's voice; twice is once."""
    room = open_room_of(by=by, occurrence=question.room.occurrence)
    locked = _current(room, question)
    voter = voter_key_of(by, locked)
    if is_on:
        _vote, is_changed = QuestionVote.objects.get_or_create(question=locked, voter=voter)
    else:
        is_changed = bool(QuestionVote.objects.filter(question=locked, voter=voter).delete()[0])
    if is_changed:
        locked.voices += 1 if is_on else -1
        locked.save(update_fields=["voices"])
        record(room, Change.QUESTION_VOTED, question=locked.pk)
    return locked


@transaction.atomic
def close_question(*, by: User, question: Question) -> Question:
    """Say that a question was answered: it goes below the others. Saying it twice changes nothing."""
    room = open_room_of(by=by, occurrence=question.room.occurrence, permission="events.run_room")
    locked = _current(room, question)
    if locked.answered_at is None:
        locked.answered_at = timezone.now()
        locked.save(update_fields=["answered_at"])
        record(room, Change.QUESTION_CLOSED, question=locked.pk)
    return locked


@transaction.atomic
def remove_question(*, by: User, question: Question) -> None:
    """Take a question out, with its voices."""
    room = open_room_of(by=by, occurrence=question.room.occurrence, permission="events.run_room")
    pk = question.pk
    if room.questions.filter(pk=pk).delete()[0]:
        record(room, Change.QUESTION_REMOVED, question=pk)


def _current(room: Room, question: Question) -> Question:
    found: Question | None = room.questions.filter(pk=question.pk).first()
    if found is None:
        raise NotFound
    return found
