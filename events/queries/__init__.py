"""Reads of the events app. Every read path starts from a `*_visible_to`."""

from events.queries.minutes import blocks_of, markdown_of, topics_of
from events.queries.seats import attendance_of, calendar_of, joinable, position_of, seat_counts
from events.queries.series import (
    occurrences_between,
    occurrences_of,
    occurrences_visible_to,
    series_hosted_by,
    series_visible_to,
)

__all__ = [
    "attendance_of",
    "blocks_of",
    "calendar_of",
    "joinable",
    "markdown_of",
    "occurrences_between",
    "occurrences_of",
    "occurrences_visible_to",
    "position_of",
    "seat_counts",
    "series_hosted_by",
    "series_visible_to",
    "topics_of",
]
