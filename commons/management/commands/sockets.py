"""`manage.py sockets`: serves live rooms and long polls, in a process of its own, until SIGTERM."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commons.live.serving import serve_live
from commons.safety import needs_redis


class Command(BaseCommand):
    """One process holds thousands of sockets; start another when it is busy, on a port of its own."""

    help = "Serve sockets and long polls, as in production; pages are served by `manage.py pages`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address from the command line or the environment."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8100")))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Serve."""
        for reason in needs_redis():
            raise CommandError(reason)
        serve_live(host=options["host"], port=options["port"])
