"""`manage.py serve`: brings the database up to date and runs the site, its worker beside it, until Ctrl-C."""

import hashlib
import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from commons.live.serving import serve_live
from commons.statistics import count_rows


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
        call_command("migrate", verbosity=0)
        call_command("load_vocabularies", stdout=self.stdout)
        call_command("load_glossary", stdout=self.stdout)
        _collect_static()
        if options["demo"] and "demo" in get_commands():
            call_command("demo", stdout=self.stdout)
        count_rows()
        self.stdout.write(f"Commons: {settings.SITE_URL}/  (Ctrl-C ends it)")
        self.stdout.write(f"Mails sent in development are files in {settings.MAIL_DIR}")
        self.stdout.flush()
        with _worker():
            serve_live(host=options["host"], port=options["port"])


def _collect_static() -> None:
    """Gather and compress the static files, only when one of them changed since the last time."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path}:{storage.size(path)}:{storage.get_modified_time(path)};".encode())
    stamp = settings.STATIC_ROOT / ".fingerprint"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != digest.hexdigest():
        unused = ["redoc", "django_htmx"]
        call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=unused)
        stamp.write_text(digest.hexdigest(), encoding="utf-8")


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
