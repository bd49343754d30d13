"""Reads of the events app. Every read path starts from a `*_visible_to`."""

from events.queries.minutes import blocks_of, decisions_reviewed, history_of, markdown_of, review_instant, topics_of
from events.queries.rooms import (
    current_turn,
    own_answers,
    own_voices,
    polls_of,
    questions_of,
    queue_of,
    results_of,
    room_events_after,
    room_of,
    seconds_of_step,
)
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
    "current_turn",
    "decisions_reviewed",
    "history_of",
    "joinable",
    "markdown_of",
    "occurrences_between",
    "occurrences_of",
    "occurrences_visible_to",
    "own_answers",
    "own_voices",
    "polls_of",
    "position_of",
    "questions_of",
    "queue_of",
    "results_of",
    "review_instant",
    "room_events_after",
    "room_of",
    "seat_counts",
    "seconds_of_step",
    "series_hosted_by",
    "series_visible_to",
    "topics_of",
]
