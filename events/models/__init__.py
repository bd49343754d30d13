"""Owns the series and everything that lives on its occurrences."""

from events.models.minutes import Block, Minutes, Origin, Revision, Topic, TopicVote
from events.models.occurrences import Occurrence, OccurrenceQuerySet
from events.models.rooms import Event, Hand, Poll, PollVote, Question, QuestionVote, Room, Turn
from events.models.seats import Seat, Told
from events.models.series import Series

__all__ = [
    "Block",
    "Event",
    "Hand",
    "Minutes",
    "Occurrence",
    "OccurrenceQuerySet",
    "Origin",
    "Poll",
    "PollVote",
    "Question",
    "QuestionVote",
    "Revision",
    "Room",
    "Seat",
    "Series",
    "Told",
    "Topic",
    "TopicVote",
    "Turn",
]
