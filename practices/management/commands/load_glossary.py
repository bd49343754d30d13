"""`manage.py load_glossary`: adds the shipped terms that the database lacks."""

from django.core.management.base import BaseCommand

from practices.actions.glossary import load_glossary


class Command(BaseCommand):
    """Idempotent: a second run adds nothing, and an edit made by hand is kept."""

    help = "Add the glossary's terms that the database lacks."

    def handle(self, *_args: object, **_options: object) -> None:
        """Load and say how many terms were added."""
        self.stdout.write(f"glossary: {load_glossary()} terms added")
