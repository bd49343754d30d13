"""Owns the JSON text of frames that belong to no app."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def text_of(frame: Mapping[str, Any]) -> str:
    """Return a frame as it goes over the wire."""
    return json.dumps(frame, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))


def presence(room: str, people: list[dict[str, Any]]) -> str:
    """Say who is here."""
    return text_of({"type": "presence", "room": room, "people": people})
