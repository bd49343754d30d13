"""`manage.py seed --sheets 10000 --threads 2000 --posts 20000 --people 500`: fills a database, or empties it again."""

from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand

from commons.search.engines.protocol import EngineDownError
from commons.search.upkeep import differences, mend
from forum.management.seeding import remove_seeded_threads, seed_threads
from practices.management.seeding import remove_seeded, seed_sheets


class Command(BaseCommand):
    """For benchmarks and trials of scale; what it brings is removable as a whole."""

    help = "Add plausible sheets, threads, houses and people up to these numbers, or remove them (--remove)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many, and from which seed."""
        parser.add_argument("--sheets", type=int, default=1000)
        parser.add_argument("--threads", type=int, default=0)
        parser.add_argument("--posts", type=int, default=0, help="in all; at least one in each thread")
        parser.add_argument("--people", type=int, default=100)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--no-index", action="store_true", help="leave the search to `search rebuild`")
        parser.add_argument("--remove", action="store_true", help="remove everything that seeding brought")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Add or remove, and say how many."""
        if options["remove"]:
            self.stdout.write(f"seed: {remove_seeded_threads()} threads and {remove_seeded()} sheets removed")
            _tell_search()
            return
        sheets, people = seed_sheets(sheets=options["sheets"], people=options["people"], seed=options["seed"])
        self.stdout.write(f"seed: {sheets} sheets and {people} people added")
        if options["threads"]:
            asked = {name: options[name] for name in ("threads", "posts", "seed")}
            self.stdout.write("seed: {} threads and {} posts added".format(*seed_threads(**asked)))
        if not options["no_index"]:
            _tell_search()


def _tell_search() -> None:
    """Mark what came or went in bulk, which marks nothing by itself; without an engine, the night's check does."""
    with suppress(EngineDownError):
        mend(differences())
