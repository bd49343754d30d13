"""Owns ringing a person's bell: a frame says how many notices are unread, never what they say."""

from typing import Any

from django.conf import settings

from commons.live.broadcast import broadcast
from commons.live.frames import text_of
from commons.live.hub import serving_hub
from commons.notices.queries import unread_count
from commons.people.models import User


def room_of_person(user_id: int) -> str:
    """Return the name of a person's room."""
    return f"person.{user_id}"


def ring(user: User) -> None:
    """Tell a person's open pages how many notices are unread; where no page can hear it, nothing is counted.

    A layer in memory does not leave its process: a worker beside it is not heard, and pages ask by themselves.
    """
    if settings.REDIS_URL or serving_hub() is not None:
        broadcast(room_of_person(user.pk), {"": text_of(frame(user))})


def frame(user: User) -> dict[str, Any]:
    """Return what the bell shows."""
    return {"type": "notices", "unread": unread_count(user)}
