"""`manage.py worker`: runs background and periodic jobs until it is told to stop."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.module_loading import autodiscover_modules

from commons.jobs import huey


class Command(BaseCommand):
    """Each app's `jobs.py` declares its jobs. Several workers may run side by side."""

    help = "Run the background worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the number of threads."""
        parser.add_argument("--threads", type=int, default=int(os.environ.get("WORKER_THREADS", "2")))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Find the jobs and work."""
        autodiscover_modules("jobs")
        huey.create_consumer(workers=options["threads"], initial_delay=0.1, max_delay=1.0).run()
