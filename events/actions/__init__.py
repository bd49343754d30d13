"""Writes of the events app: permission, preconditions, lock, write, tell."""

from events.actions.dates import materialise_all
from events.actions.drafting import draft_from_block
from events.actions.guarding import postpone_unconfirmed
from events.actions.minutes import (
    add_block,
    freeze_minutes,
    open_minutes,
    remove_block,
    save_block,
    settle_block,
    submit_minutes,
)
from events.actions.occurrences import (
    change_following,
    change_occurrence,
    confirm_occurrence,
    open_thread,
    set_status,
)
from events.actions.reminding import note_due, send_noted
from events.actions.seats import answer, ask_attendance, mark_attendance, release_unclaimed
from events.actions.series import add_date, change_series, create_series, preview_dates, set_facilitators, skip_date
from events.actions.topics import make_agenda, propose_topic, vote_topic

__all__ = [
    "add_block",
    "add_date",
    "answer",
    "ask_attendance",
    "change_following",
    "change_occurrence",
    "change_series",
    "confirm_occurrence",
    "create_series",
    "draft_from_block",
    "freeze_minutes",
    "make_agenda",
    "mark_attendance",
    "materialise_all",
    "note_due",
    "open_minutes",
    "open_thread",
    "postpone_unconfirmed",
    "preview_dates",
    "propose_topic",
    "release_unclaimed",
    "remove_block",
    "save_block",
    "send_noted",
    "set_facilitators",
    "set_status",
    "settle_block",
    "skip_date",
    "submit_minutes",
    "vote_topic",
]
