"""The addresses of sockets, and the rooms that long polls wait in."""

import re

from django.urls import path

from commons.notices.live import NoticesConsumer
from events.live import OccurrenceConsumer, room_of_occurrence
from forum.live import ThreadConsumer, room_of_thread

sockets = [
    path("ws/threads/<str:pk>/", ThreadConsumer.as_asgi()),
    path("ws/notices/", NoticesConsumer.as_asgi()),
    path("ws/occurrences/<int:pk>/", OccurrenceConsumer.as_asgi()),
]

_EVENTS = re.compile(r"/api/v1/(?:threads/([0-9A-Z]{26})|occurrences/([0-9]{1,9}))/events/")


def room_of(address: str) -> str | None:
    """Return the room whose events are asked for at an address of the API, if it is one."""
    found = _EVENTS.fullmatch(address)
    if found is None:
        return None
    return room_of_thread(found[1]) if found[1] else room_of_occurrence(int(found[2]))
