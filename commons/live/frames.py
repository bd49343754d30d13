"""Owns the JSON text of frames that belong to no app."""

import json
from collections.abc import Mapping
from typing import Any

from rest_framework.utils.encoders import JSONEncoder


def text_of(frame: Mapping[str, Any]) -> str:
    """Return a frame as it goes over the wire: dates and numbers as the API writes them."""
    return json.dumps(frame, cls=JSONEncoder, ensure_ascii=False, separators=(",", ":"))


def presence(room: str, people: list[dict[str, Any]]) -> str:
    """Say who is here."""
    return text_of({"type": "presence", "room": room, "people": people})
