"""Owns the live room of a meeting: its state, who asks to speak, polls, questions, and its changes under their numbers.

What says who (hands, turns, voters' keys) lives only while the room is open: closing it deletes these rows.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import Balance, Change, HandKind, RoomState
from events.models.occurrences import Occurrence

PERSON = settings.AUTH_USER_MODEL


class Room(models.Model):
    """The room of a meeting. `last_seq` numbers its last change: every change has its own number, without gaps.

    The current step has run `step_spent_seconds`, and since `step_began_at` unless it is paused.
    """

    occurrence = models.OneToOneField(Occurrence, on_delete=models.CASCADE, related_name="room")
    last_seq = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    balance = models.CharField(_("ordre de parole"), max_length=10, choices=Balance.choices, blank=True)
    step = models.PositiveSmallIntegerField(null=True)
    step_began_at = models.DateTimeField(null=True)
    step_spent_seconds = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        """Name the meeting."""
        return str(self.occurrence)

    @property
    def state(self) -> RoomState:
        """Return where the room stands."""
        if self.opened_at is None:
            return RoomState.WAITING
        return RoomState.OPEN if self.closed_at is None else RoomState.CLOSED


class Event(models.Model):
    """One change of a room, under its number. `payload` names the rows that changed, which are read as they are now."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Change.choices)
    payload: Any = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A number is given once."""

        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="room_event_unique_seq")]

    def __str__(self) -> str:
        """Return the number and kind."""
        return f"{self.seq} {self.kind}"


class Hand(models.Model):
    """A person asks to speak. `moved_to` is the place that a facilitator gave, with the reason that everybody reads."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="hands")
    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("pour"), max_length=10, choices=HandKind.choices)
    raised_at = models.DateTimeField(default=timezone.now)
    moved_to = models.PositiveSmallIntegerField(null=True)
    moved_at = models.DateTimeField(null=True)
    reason = models.CharField(_("raison"), max_length=160, blank=True)

    class Meta:
        """A person raises one hand."""

        constraints = [models.UniqueConstraint(fields=["room", "user"], name="hand_unique")]

    def __str__(self) -> str:
        """Name the person."""
        return str(self.user)


class Turn(models.Model):
    """A person speaks, or has spoken, and for what type of house: what the balance is measured from."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="turns")
    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=HandKind.choices)
    house_type = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One person has the floor."""

        constraints = [
            models.UniqueConstraint(fields=["room"], name="turn_unique", condition=models.Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        """Name the person."""
        return str(self.user)


class Poll(models.Model):
    """A question with answers to choose one from. Closing it writes `counts` and forgets the votes."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="polls")
    question = models.CharField(_("question"), max_length=200)
    options: Any = models.JSONField(_("réponses"), default=list)
    voters = models.PositiveIntegerField(default=0)
    counts: Any = models.JSONField(default=list)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the question."""
        return self.question


class PollVote(models.Model):
    """An answer, by its place from 0. `voter` is a key that only says that it is the same person again, never which."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes")
    voter = models.CharField(max_length=64)
    option = models.PositiveSmallIntegerField()

    class Meta:
        """One answer per person and poll."""

        constraints = [models.UniqueConstraint(fields=["poll", "voter"], name="poll_vote_unique")]

    def __str__(self) -> str:
        """Return the answer's place."""
        return f"{self.poll_id}: {self.option}"


class Question(models.Model):
    """A question put to the room; the most wanted come first. Nobody is named under the Chatham House rule."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=300)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    voices = models.PositiveIntegerField(default=0)
    client_id = models.CharField(max_length=64, null=True)  # noqa: DJ001 - unique where there is one
    answered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A question sent twice is one question."""

        constraints = [models.UniqueConstraint(fields=["room", "client_id"], name="question_unique_client")]

    def __str__(self) -> str:
        """Return the question."""
        return self.text


class QuestionVote(models.Model):
    """A voice for a question; `voter` as in a poll."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="votes")
    voter = models.CharField(max_length=64)

    class Meta:
        """One voice per person and question."""

        constraints = [models.UniqueConstraint(fields=["question", "voter"], name="question_vote_unique")]

    def __str__(self) -> str:
        """Return the question's number."""
        return str(self.question_id)
