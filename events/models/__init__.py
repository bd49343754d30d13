"""Owns the series and everything that lives on its occurrences."""

from events.models.minutes import Block, Minutes, Origin, Revision, Topic, TopicVote
from events.models.occurrences import Occurrence, OccurrenceQuerySet
from events.models.seats import Seat, Told
from events.models.series import Series

__all__ = [
    "Block",
    "Minutes",
    "Occurrence",
    "OccurrenceQuerySet",
    "Origin",
    "Revision",
    "Seat",
    "Series",
    "Told",
    "Topic",
    "TopicVote",
]
