"""Reads the room of a meeting: the order of the queue, who spoke how long, polls, questions, what changed."""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from commons.people.rules import is_signed_in
from events.enums import Balance, HandKind
from events.models import Event, Hand, Occurrence, Poll, PollVote, Question, QuestionVote, Room, Turn

REPLAY = 200
PRIORITY = {kind: place for place, kind in enumerate(HandKind.values)}


def room_of(occurrence: Occurrence) -> Room:
    """Return the room of a meeting; an unsaved one, waiting, where nothing has happened yet."""
    room = Room.objects.filter(occurrence=occurrence).first() or Room()
    room.occurrence = occurrence
    return room


def queue_of(room: Room) -> list[Hand]:
    """Return who asks to speak, in order: by kind, then as the balance says, then by time; then who was moved.

    With a balance, who has spoken least goes first among those who ask for the same thing: `person` counts a person's
    own seconds before those of their type of house, `house` the other way round. A hand that a facilitator moved
    stands where they put it.
    """
    if room.pk is None:
        return []
    hands = list(room.hands.select_related("user", "user__institution"))
    people, houses = seconds_spoken(room) if room.balance else (Counter(), Counter())

    def order(hand: Hand) -> tuple[Any, ...]:
        spoken = (people[hand.user_id], houses[house_type_of(hand.user)])
        least = spoken[::-1] if room.balance == Balance.HOUSE else spoken
        return (PRIORITY[hand.kind], *least, hand.raised_at, hand.pk)

    queue = sorted((hand for hand in hands if hand.moved_to is None), key=order)
    moved = (hand for hand in hands if hand.moved_to is not None)
    for hand in sorted(moved, key=lambda hand: (hand.moved_at, hand.pk)):
        queue.insert((hand.moved_to or 1) - 1, hand)
    return queue


def house_type_of(user: Any) -> str:
    """Return the type of a person's house; nothing without one."""
    return user.institution.type if user.institution else ""


def seconds_spoken(room: Room) -> tuple[Counter[int], Counter[str]]:
    """Return how many seconds each person, and each type of house, has spoken in turns that are over."""
    people, houses = Counter[int](), Counter[str]()
    for turn in room.turns.filter(ended_at__isnull=False):
        spent = round(((turn.ended_at or turn.began_at) - turn.began_at).total_seconds())
        people[turn.user_id] += spent
        houses[turn.house_type] += spent
    return people, houses


def current_turn(room: Room) -> Turn | None:
    """Return who has the floor, if anybody."""
    if room.pk is None:
        return None
    return room.turns.select_related("user", "user__institution").filter(ended_at__isnull=True).first()


def seconds_of_step(room: Room, now: datetime.datetime | None = None) -> int:
    """Return how long the current step has run by now, without its pauses."""
    running = ((now or timezone.now()) - room.step_began_at).total_seconds() if room.step_began_at else 0
    return room.step_spent_seconds + max(round(running), 0)


def polls_of(room: Room) -> QuerySet[Poll]:
    """Return the polls of a room, the newest first."""
    return Poll.objects.filter(room=room.pk).order_by("-pk")


def questions_of(room: Room) -> QuerySet[Question]:
    """Return the questions of a room: the open ones first, the most wanted first."""
    rows = Question.objects.filter(room=room.pk).select_related("by")
    return rows.order_by(F("answered_at").asc(nulls_first=True), "-voices", "pk") if room.pk else rows.none()


def voter_key_of(user: Any, row: Poll | Question) -> str:
    """Return what stands for a person on one poll or question: the same each time, and no one's number."""
    text = f"{row.pk}:{user.pk}"
    return salted_hmac(f"events.{row._meta.model_name}", text, algorithm="sha256").hexdigest()


def own_answers(user: Any, polls: Iterable[Poll]) -> dict[int, int]:
    """Return which answer the person gave, by open poll."""
    keys = {voter_key_of(user, poll): poll.pk for poll in polls} if is_signed_in(user) else {}
    rows = PollVote.objects.filter(voter__in=list(keys), poll__in=list(keys.values()))
    return dict(rows.values_list("poll_id", "option"))


def own_voices(user: Any, questions: Iterable[Question]) -> set[int]:
    """Return the questions that have the person's voice."""
    keys = [voter_key_of(user, question) for question in questions] if is_signed_in(user) else []
    return set(QuestionVote.objects.filter(voter__in=keys).values_list("question_id", flat=True))


def results_of(poll: Poll) -> list[int]:
    """Return how many chose each answer. Who has not answered an open poll must not be told."""
    if poll.closed_at is not None:
        return list(poll.counts)
    said = Counter(poll.votes.values_list("option", flat=True))
    return [said[place] for place in range(len(poll.options))]


def room_events_after(room: Room, seq: int) -> list[Event] | None:
    """Return what changed after a number, oldest first, `REPLAY` at most; `None` when it cannot be told any more."""
    if seq == room.last_seq:
        return []
    events = list(Event.objects.filter(room=room.pk, seq__gt=seq).order_by("seq")[:REPLAY])
    return events if events and events[0].seq == seq + 1 else None
