"""`manage.py worker`: runs background and periodic jobs until it is told to stop."""

import os
import signal
import sys
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.module_loading import autodiscover_modules

from commons.jobs import huey

LAST_JOBS_SECONDS = 20


class Command(BaseCommand):
    """Each app's `jobs.py` declares its jobs. Several workers may run side by side.

    SIGTERM lets the jobs that run finish, for some seconds; what has not finished then is put back (`commons.jobs`).
    """

    help = "Run the background worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the number of threads."""
        parser.add_argument("--threads", type=int, default=int(os.environ.get("WORKER_THREADS", "2")))
        parser.add_argument("--with-parent", action="store_true", help="end when standard input closes")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Find the jobs and work."""
        autodiscover_modules("jobs")
        if options["with_parent"]:
            threading.Thread(target=_end_with_parent, daemon=True).start()
        huey.create_consumer(
            workers=options["threads"],
            initial_delay=0.1,
            max_delay=0.25,
            graceful_signal="TERM",
            shutdown_timeout=LAST_JOBS_SECONDS,
        ).run()


def _end_with_parent() -> None:
    """Wait for the pipe to the parent to close, as it does whatever way the parent ends; then stop gently."""
    while os.read(sys.stdin.fileno(), 1024):  # no buffer: its lock, held here, would abort an interpreter that ends
        pass
    os.kill(os.getpid(), signal.SIGTERM)
