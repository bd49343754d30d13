"""Writes of the forum: one function for each thing that can be done."""

from forum.actions.births import draft_sheet
from forum.actions.bound import align_bound_thread, open_bound_thread
from forum.actions.posts import add_post, change_post, delete_post, release_post, restore_post
from forum.actions.reactions import add_poll, close_poll, react, vote
from forum.actions.reading import follow_thread, mark_read, save_draft, save_thread, stand_towards_thread
from forum.actions.threads import (
    accept_answer,
    add_thread,
    change_thread,
    close_thread,
    merge_thread,
    move_thread,
    order_thread,
    reopen_thread,
    split_thread,
)

__all__ = [
    "accept_answer",
    "add_poll",
    "add_post",
    "add_thread",
    "align_bound_thread",
    "change_post",
    "change_thread",
    "close_poll",
    "close_thread",
    "delete_post",
    "draft_sheet",
    "follow_thread",
    "mark_read",
    "merge_thread",
    "move_thread",
    "open_bound_thread",
    "order_thread",
    "react",
    "release_post",
    "reopen_thread",
    "restore_post",
    "save_draft",
    "save_thread",
    "split_thread",
    "stand_towards_thread",
    "vote",
]
