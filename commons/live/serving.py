"""Owns the server of sockets and long polls: its settings, and how it ends without losing anybody."""

import socket
from contextlib import suppress
from typing import Any

import uvicorn

from commons.live.hub import serving_hub

LAST_ANSWERS_SECONDS = 10


class LiveServer(uvicorn.Server):
    """uvicorn, which closes sockets with 1012 on SIGTERM; here, requests that wait are answered at once as well."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept nobody any more, send everybody to another process, finish what is being answered, end."""
        hub = serving_hub()
        if hub is not None:
            hub.finish()
        await super().shutdown(sockets)


def live_server(**where: Any) -> LiveServer:
    """Return the server of the ASGI application; `where` is `host` and `port`.

    No deflate: it doubles the processor's time for small frames and triples the memory of each socket.
    """
    config = uvicorn.Config(
        "commons.asgi:application",
        **where,
        lifespan="off",
        log_level="warning",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        server_header=False,
        timeout_graceful_shutdown=LAST_ANSWERS_SECONDS,
    )
    return LiveServer(config)


def serve_live(**where: Any) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    with suppress(KeyboardInterrupt):
        live_server(**where).run()
