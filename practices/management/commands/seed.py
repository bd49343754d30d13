"""`manage.py seed --sheets 10000 --people 500`: fills a database with plausible sheets, or removes them."""

from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand

from commons.search.engines.protocol import EngineDownError
from commons.search.upkeep import differences, mend
from practices.management.seeding import remove_seeded, seed_sheets


class Command(BaseCommand):
    """For benchmarks and trials of scale; what it brings is removable as a whole."""

    help = "Add plausible sheets, houses and people up to these numbers, or remove them (--remove)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many, and from which seed."""
        parser.add_argument("--sheets", type=int, default=1000)
        parser.add_argument("--people", type=int, default=100)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--remove", action="store_true", help="remove everything that seeding brought")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Add or remove, and say how many."""
        if options["remove"]:
            self.stdout.write(f"seed: {remove_seeded()} sheets removed")
            _tell_search()
            return
        sheets, people = seed_sheets(sheets=options["sheets"], people=options["people"], seed=options["seed"])
        self.stdout.write(f"seed: {sheets} sheets and {people} people added")
        _tell_search()


def _tell_search() -> None:
    """Mark what came or went in bulk, which marks nothing by itself; without an engine, the night's check does."""
    with suppress(EngineDownError):
        mend(differences())
