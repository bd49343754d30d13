"""`manage.py pages`: serves pages and the API through granian, in a process of its own, until SIGTERM."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commons.safety import needs_redis

LAST_ANSWERS_SECONDS = 15
GRANIAN = Path(sys.executable).with_name("granian")


class Command(BaseCommand):
    """A worker is one thread that serves one request at a time: measured, more threads in it are slower.

    It becomes the server (`exec`), so that signals, exit codes and process ids are the server's own.
    """

    help = "Serve pages and the API, as in production; sockets are served by `manage.py sockets`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address and the number of workers from the command line or the environment."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--workers", type=int, default=int(os.environ.get("PAGE_WORKERS", "1")))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Serve."""
        for reason in needs_redis():
            raise CommandError(reason)
        os.execv(GRANIAN, command(options["host"], options["port"], options["workers"]))  # noqa: S606 - our own server


def command(host: str, port: int, workers: int) -> list[str]:
    """Return the server's command line."""
    address = ["--host", host, "--port", str(port), "--no-ws", "--log-level", "warning"]
    work = ["--workers", str(workers), "--blocking-threads", "1", "--backlog", "1024"]
    life = [
        "--respawn-failed-workers",
        "--respawn-interval",
        "0.5",
        "--workers-kill-timeout",
        str(LAST_ANSWERS_SECONDS),
    ]
    return [str(GRANIAN), "--interface", "wsgi", *address, *work, *life, "commons.wsgi:application"]
