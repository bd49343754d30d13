"""`manage.py search status|verify|rebuild|drain|setup`: looks after the index."""

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from commons.search.engines import engine
from commons.search.engines.protocol import EngineDownError
from commons.search.models import Mark
from commons.search.outbox import FIRST_WAIT, drain
from commons.search.sources import shape
from commons.search.upkeep import differences, expected_count, mend, rebuild

DRAIN_PATIENCE_SECONDS = 300.0


class Command(BaseCommand):
    """`verify` exits 0 only when nothing differs, and prints the number of differences last."""

    help = "Look after the search index: status, verify, rebuild, drain, setup."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do."""
        parser.add_argument("what", choices=("status", "verify", "rebuild", "drain", "setup"))
        parser.add_argument("--mend", action="store_true", help="verify: mark what differs for the worker")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it; an engine that does not answer is said in one line."""
        try:
            getattr(self, f"_{options['what']}")(options)
        except EngineDownError as error:
            raise CommandError(str(error)) from error

    def _status(self, _options: Any) -> None:
        self.stdout.write(f"engine {engine().name}")
        self.stdout.write(f"marks waiting {Mark.objects.count()}")
        for mark in Mark.objects.exclude(error="").order_by("-attempts")[:3]:
            self.stdout.write(f"  {mark}: tried {mark.attempts} times, {mark.error}")
        if engine().is_stale(shape()):
            self.stdout.write("the index is missing or of another shape: run `manage.py search rebuild`")
        else:
            for name, value in engine().status().items():
                self.stdout.write(f"{name} {value}")

    def _verify(self, options: Any) -> None:
        found = list(differences())
        for difference in found:
            self.stdout.write(f"{difference.how} {difference.key}")
        if options["mend"]:
            mend(found)
        self.stdout.write(f"{len(found)} differences")
        self.stdout.flush()
        if found:
            sys.exit(1)

    def _rebuild(self, _options: Any) -> None:
        start = time.monotonic()
        count = rebuild(lambda documents: tqdm(documents, total=expected_count(), unit=" documents", file=sys.stderr))
        seconds = time.monotonic() - start
        self.stdout.write(f"{count} documents in {seconds:.1f} s ({count / max(seconds, 0.001):.0f} a second)")

    def _drain(self, _options: Any) -> None:
        """Return once the outbox is empty, whoever empties it."""
        deadline = time.monotonic() + DRAIN_PATIENCE_SECONDS
        while True:
            try:
                drain(wait_seconds=FIRST_WAIT)
            except EngineDownError as error:
                if time.monotonic() > deadline:
                    raise
                self.stderr.write(str(error))
            if not Mark.objects.exists():
                break
            if time.monotonic() > deadline:
                raise CommandError(f"{Mark.objects.count()} marks still wait")
            time.sleep(0.1)
        self.stdout.write("the outbox is empty")

    def _setup(self, _options: Any) -> None:
        """On Meilisearch, with its master key: print the two keys of least rights. Settings come with `rebuild`."""
        prepare = getattr(engine(), "setup", None)
        if prepare is None:
            self.stdout.write("the embedded engine needs no setup")
            return
        for name, value in prepare().items():
            self.stdout.write(f"{name} {value}")
