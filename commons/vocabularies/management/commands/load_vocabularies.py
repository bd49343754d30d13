"""`manage.py load_vocabularies`: adds the shipped codes that the database lacks."""

from django.core.management.base import BaseCommand

from commons.vocabularies.actions import load_vocabularies


class Command(BaseCommand):
    """Idempotent: a second run adds nothing, and an edit made by hand is kept."""

    help = "Add the vocabularies' codes that the database lacks."

    def handle(self, *_args: object, **_options: object) -> None:
        """Load and say how many codes were added."""
        self.stdout.write(f"vocabularies: {load_vocabularies()} codes added")
