"""Owns ringing a person's bell: a frame says how many notices are unread, never what they say."""

from collections.abc import Iterable
from typing import Any

from commons.live.broadcast import say_again
from commons.notices.queries import unread_count
from commons.people.models import User


def room_of_person(user_id: int) -> str:
    """Return the name of a person's room."""
    return f"person.{user_id}"


def ring(user_ids: Iterable[int]) -> None:
    """Tell people's open pages how many notices are unread: counted for those who have a page open, once for all."""
    say_again(room_of_person(pk) for pk in user_ids)


def frame(user: User) -> dict[str, Any]:
    """Return what the bell shows."""
    return {"type": "notices", "unread": unread_count(user)}
