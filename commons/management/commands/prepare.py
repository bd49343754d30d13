"""`manage.py prepare`: brings database, vocabularies, glossary and static files up to date, before anything serves."""

import hashlib
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from commons.statistics import count_rows


class Command(BaseCommand):
    """Run once for each release, by one process, while the release before still serves."""

    help = "Migrate, load vocabularies and glossary (and the demo), gather static files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to load the demonstration."""
        parser.add_argument("--demo", action="store_true", help="load the demonstration commons as well")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Prepare; what is up to date already takes no time."""
        call_command("migrate", verbosity=0)
        call_command("load_vocabularies", stdout=self.stdout)
        call_command("load_glossary", stdout=self.stdout)
        _collect_static()
        if options["demo"] and "demo" in get_commands():
            call_command("demo", stdout=self.stdout)
        count_rows()


def _collect_static() -> None:
    """Gather and compress the static files, only when one of them changed since the last time.

    Those of the release before stay: their names differ, and pages served a moment ago still ask for them.
    """
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path}:{storage.size(path)}:{storage.get_modified_time(path)};".encode())
    stamp = settings.STATIC_ROOT / ".fingerprint"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != digest.hexdigest():
        unused = ["redoc", "django_htmx"]
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=unused)
        stamp.write_text(digest.hexdigest(), encoding="utf-8")
