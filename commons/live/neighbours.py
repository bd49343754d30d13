"""Owns the way into the process that serves from the ones beside it, where there is no Redis: a datagram to its hub.

A layer in memory ends with its process, and the worker's words with it. So the hub listens at a socket in
`COMMONS_VAR`, and a worker or a command of the same site sends it what it has to say: nothing runs while nobody
speaks, and what one process says arrives in its order (docs/adr/0025-a-datagram-to-the-hub.md).
"""

import asyncio
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

logger = structlog.get_logger(__name__)

NAME = "hub.socket"
PATIENCE_SECONDS = 1.0
"""The kernel keeps a few datagrams for a hub that is busy; whoever finds them full waits that long."""
LONGEST_NAME = 100
MOST_BYTES = 1 << 20


class Ear:
    """Hears what other processes say, on the hub's own loop; the one before, killed, left its name and nothing else."""

    def __init__(self, loop: asyncio.AbstractEventLoop, take: Callable[[dict[str, Any]], None]) -> None:
        self._loop, self._take = loop, take
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.settimeout(0)
        _path().unlink(missing_ok=True)
        with _address() as address:
            self._socket.bind(address)
        _path().chmod(0o600)
        loop.add_reader(self._socket.fileno(), self._hear)

    def _hear(self) -> None:
        with suppress(BlockingIOError):
            while said := self._socket.recv(MOST_BYTES):
                self._take(json.loads(said))

    def close(self) -> None:
        """Hear nothing more."""
        self._loop.remove_reader(self._socket.fileno())
        self._socket.close()
        _path().unlink(missing_ok=True)


def tell(message: dict[str, Any]) -> None:
    """Say it to the process that serves, if one does. Like every frame, a hint: what does not arrive is asked for."""
    try:
        with _mouth() as (mouth, address):
            mouth.sendto(json.dumps(message).encode(), address)
    except (FileNotFoundError, ConnectionRefusedError):
        return
    except OSError as error:
        logger.warning("live_hub_deaf", error=str(error))


def is_anybody_there() -> bool:
    """Tell whether a process serves sockets of this site."""
    try:
        with _mouth() as (mouth, address):
            mouth.connect(address)
    except OSError:
        return False
    return True


@contextmanager
def _mouth() -> Iterator[tuple[socket.socket, str]]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as mouth, _address() as address:
        mouth.settimeout(PATIENCE_SECONDS)
        mouth.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, MOST_BYTES)
        yield mouth, address


@contextmanager
def _address() -> Iterator[str]:
    """Yield the socket's name; a long one, which the system refuses, through its folder opened first (on Linux)."""
    path = _path()
    if len(os.fsencode(path)) <= LONGEST_NAME:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{NAME}"
    finally:
        os.close(folder)


def _path() -> Path:
    return Path(settings.VAR_DIR) / NAME
