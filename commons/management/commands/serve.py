"""`manage.py serve`: brings the database up to date and runs the site, its worker beside it, until Ctrl-C."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from commons.live.serving import serve_live


class Command(BaseCommand):
    """One process for pages, one for the background worker; both end together."""

    help = "Migrate, load vocabularies (and the demo), then serve the site and run its worker until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port from the command line or the environment."""
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--demo", action="store_true", help="load the demonstration commons first")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Prepare, then serve."""
        call_command("prepare", demo=options["demo"], stdout=self.stdout)
        self.stdout.write(f"Commons: {settings.SITE_URL}/  (Ctrl-C ends it)")
        self.stdout.write(f"Mails sent in development are files in {settings.MAIL_DIR}")
        self.stdout.flush()
        with _worker():
            serve_live(host=options["host"], port=options["port"])


@contextmanager
def _worker() -> Iterator[None]:
    """Run the background worker as a child that ends with this process, even when this one is killed."""
    command = [sys.executable, sys.argv[0], "worker", "--with-parent"]
    # In a group of its own, so that Ctrl-C does not reach it before we tell it to finish what it does.
    child = subprocess.Popen(command, stdin=subprocess.PIPE, process_group=0)  # noqa: S603 - our own command
    try:
        yield
    finally:
        child.terminate()
        child.wait(timeout=30)
