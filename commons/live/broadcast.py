"""Owns telling rooms something from anywhere: a page, the API, a job, a command. After the commit, never before."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from django.conf import settings
from django.utils import translation
from redis.exceptions import RedisError

from commons.live import neighbours
from commons.live.frames import text_of
from commons.live.hub import EVERYWHERE, is_one_process, layer, named, send, serving_hub
from commons.live.layers import RedisLayer

logger = structlog.get_logger(__name__)


def broadcast(room: str, texts: Mapping[str, str]) -> None:
    """Send ready texts, by language (`""` for every language), to all who listen in a room, in every process.

    At most once, and maybe never: what was missed is asked for again by number. So a layer that is down is logged,
    and costs the writer nothing but the delay.
    """
    _send(room, {"room": room, "texts": dict(texts)})


def is_heard(room: str) -> bool:
    """Tell whether somebody may be listening, in any process; beside a site of one process, while it serves.

    A frame need not be built for nobody: whoever enters later is told the last number once they listen.
    """
    own = serving_hub()
    if is_one_process():
        return room in own.rooms if own is not None else neighbours.is_anybody_there()
    if own is not None and room in own.rooms:
        return True
    try:
        return not isinstance(layer(), RedisLayer) or layer().is_heard(room)
    except RedisError:
        return True


def broadcast_in_languages(room: str, frame: Callable[[], Mapping[str, Any]]) -> None:
    """Send a frame built once in each language, whoever listens."""
    texts = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            texts[language] = text_of(frame())
    broadcast(room, texts)


def recheck_room(room: str) -> None:
    """Make everybody in a room prove again that they may be there."""
    _send(EVERYWHERE, {"recheck": room})


def recheck_person(person_id: int) -> None:
    """Make a person prove again that they may be in the rooms where they listen."""
    _send(EVERYWHERE, {"recheck": "", "person": person_id})


def say_again(rooms: Iterable[str]) -> None:
    """Let rooms say what their heartbeat says, now: it is read where somebody listens, and nowhere else."""
    if named := list(rooms):
        _send(EVERYWHERE, {"say": named})


def _send(group: str, message: dict[str, Any]) -> None:
    hub = serving_hub()
    if hub is not None:
        asyncio.run_coroutine_threadsafe(_logged(group, message), hub.loop)
    elif is_one_process():
        neighbours.tell(message)
    elif isinstance(layer(), RedisLayer):
        with _down_is_logged(group):
            layer().publish(group, named(message))
    else:
        async_to_sync(_logged)(group, message)


async def _logged(group: str, message: dict[str, Any]) -> None:
    with _down_is_logged(group):
        await send(group, message)


@contextmanager
def _down_is_logged(group: str) -> Iterator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        logger.warning("live_layer_down", group=group, error=str(error))
