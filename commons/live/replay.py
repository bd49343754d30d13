"""Owns what every room's catch-up shares: the number asked after, the answer built once, the loss that is said."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from commons.errors import CommonsError, Invalid

KEEP_FRAMES_SECONDS = 60
BIG = 2**31
ASKED = [
    OpenApiParameter("after", int, required=True),
    OpenApiParameter("wait", float, description="Seconds to wait for something to tell, 30 at most."),
]


class CannotReplay(CommonsError):
    """What changed since that number cannot be told any more: all is to be read again."""

    status = 410
    default_code = "cannot_replay"
    default_message = _("Ces changements ne sont plus gardés : relisez la page.")


def seq_in(request: Request, name: str) -> int | None:
    """Return a number of a change from the address; `None` without one."""
    text = request.query_params.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text) < BIG):
        raise Invalid({name: [_("Un nombre entier est attendu.")]})
    return int(text)


def asked_after(request: Request) -> int:
    """Return the number after which changes are asked for."""
    after = seq_in(request, "after")
    if after is None:
        raise Invalid({"after": [_("À remplir.")]})
    return after


def kept_frames(room: str, after: int, last_seq: int, build: Callable[[], list[Any] | None]) -> list[Any]:
    """Return the changes as frames, which are every reader's: a thousand who come back have them built once.

    Between two numbers nothing changes, so the last one is all that makes a kept answer stale.
    """
    slot = f"events:{room}:{after}:{last_seq}:{get_language()}"
    if (kept := cache.get(slot)) is not None:
        return list(kept)
    frames = replayed(build)
    cache.set(slot, frames, KEEP_FRAMES_SECONDS)
    return frames


def replayed(build: Callable[[], list[Any] | None]) -> list[Any]:
    """Return the frames that are built, or say that they cannot be."""
    frames = build()
    if frames is None:
        raise CannotReplay
    return frames
