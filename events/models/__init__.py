"""Owns the series and everything that lives on its occurrences."""

from events.models.occurrences import Occurrence, OccurrenceQuerySet
from events.models.seats import Seat, Told
from events.models.series import Series

__all__ = ["Occurrence", "OccurrenceQuerySet", "Seat", "Series", "Told"]
