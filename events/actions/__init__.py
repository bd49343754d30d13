"""Writes of the events app: permission, preconditions, lock, write, tell."""

from events.actions.dates import materialise_all
from events.actions.guarding import postpone_unconfirmed
from events.actions.occurrences import change_following, change_occurrence, confirm_occurrence, set_status
from events.actions.series import add_date, change_series, create_series, preview_dates, set_facilitators, skip_date

__all__ = [
    "add_date",
    "change_following",
    "change_occurrence",
    "change_series",
    "confirm_occurrence",
    "create_series",
    "materialise_all",
    "postpone_unconfirmed",
    "preview_dates",
    "set_facilitators",
    "set_status",
    "skip_date",
]
