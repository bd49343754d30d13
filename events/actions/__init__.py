"""Writes of the events app: permission, preconditions, lock, write, tell."""

from events.actions.dates import materialise_all
from events.actions.guarding import postpone_unconfirmed
from events.actions.occurrences import change_following, change_occurrence, confirm_occurrence, set_status
from events.actions.reminding import note_due, send_noted
from events.actions.seats import answer, mark_attendance, release_unclaimed
from events.actions.series import add_date, change_series, create_series, preview_dates, set_facilitators, skip_date

__all__ = [
    "add_date",
    "answer",
    "change_following",
    "change_occurrence",
    "change_series",
    "confirm_occurrence",
    "create_series",
    "mark_attendance",
    "materialise_all",
    "note_due",
    "postpone_unconfirmed",
    "preview_dates",
    "release_unclaimed",
    "send_noted",
    "set_facilitators",
    "set_status",
    "skip_date",
]
