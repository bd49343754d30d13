"""Owns what a socket may send: small JSON objects, not too many at once; and how it is refused."""

import json
import time
from typing import Any

from commons.errors import CommonsError, Invalid, TooMany

FRAME_LIMIT = 64_000
PER_SECOND, BURST = 10.0, 20.0


class Allowance:
    """Ten commands a second, twenty at once (a token bucket)."""

    def __init__(self) -> None:
        self._left, self._at = BURST, time.monotonic()

    def spend(self) -> None:
        """Count one command; refuse one too many."""
        now = time.monotonic()
        self._left = min(BURST, self._left + (now - self._at) * PER_SECOND)
        self._at = now
        if self._left < 1:
            raise TooMany
        self._left -= 1


def parsed(text: str) -> dict[str, Any]:
    """Return the object that a frame holds; refuse anything else."""
    if len(text) > FRAME_LIMIT:
        raise Invalid({"": [f"{FRAME_LIMIT}"]}, code="frame_too_long")
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid({"": ["JSON"]}, code="not_json") from error
    if not isinstance(frame, dict):
        raise Invalid({"": ["JSON"]}, code="not_json")
    return frame


def refusal(error: CommonsError) -> dict[str, Any]:
    """Return a refusal as a frame: the code and words of the API's."""
    fields = getattr(error, "fields", {})
    return {
        "type": "error",
        "code": error.code,
        "message": str(error.message),
        "errors": [{"field": name, "detail": str(m)} for name, messages in fields.items() for m in messages],
    }
