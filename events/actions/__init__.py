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
from events.actions.polls import answer_poll, close_poll, open_poll
from events.actions.questions import ask_question, close_question, remove_question, vote_question
from events.actions.queue import end_turn, give_floor, lower_all_hands, lower_hand, move_hand, raise_hand, set_balance
from events.actions.reminding import note_due, tell_due, tell_noted
from events.actions.rooms import (
    close_forgotten_rooms,
    close_room,
    open_room,
    pause_agenda,
    resume_agenda,
    start_step,
)
from events.actions.seats import answer, ask_attendance, mark_attendance, release_unclaimed
from events.actions.series import add_date, change_series, create_series, preview_dates, set_facilitators, skip_date
from events.actions.topics import make_agenda, propose_topic, vote_topic

__all__ = [
    "add_block",
    "add_date",
    "answer",
    "answer_poll",
    "ask_attendance",
    "ask_question",
    "change_following",
    "change_occurrence",
    "change_series",
    "close_forgotten_rooms",
    "close_poll",
    "close_question",
    "close_room",
    "confirm_occurrence",
    "create_series",
    "draft_from_block",
    "end_turn",
    "freeze_minutes",
    "give_floor",
    "lower_all_hands",
    "lower_hand",
    "make_agenda",
    "mark_attendance",
    "materialise_all",
    "move_hand",
    "note_due",
    "open_minutes",
    "open_poll",
    "open_room",
    "open_thread",
    "pause_agenda",
    "postpone_unconfirmed",
    "preview_dates",
    "propose_topic",
    "raise_hand",
    "release_unclaimed",
    "remove_block",
    "remove_question",
    "resume_agenda",
    "save_block",
    "set_balance",
    "set_facilitators",
    "set_status",
    "settle_block",
    "skip_date",
    "start_step",
    "submit_minutes",
    "tell_due",
    "tell_noted",
    "vote_question",
    "vote_topic",
]
