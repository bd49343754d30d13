"""`manage.py backup FILE`: writes every row and upload of this installation to one archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commons.backups import BackupError, write_backup


class Command(BaseCommand):
    """While the site serves: what is written is one moment, and nobody waits."""

    help = "Write a backup that `manage.py restore` brings back, into SQLite or PostgreSQL."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to write."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write, and say what was kept; exit 1 when an upload is lost."""
        try:
            summary = write_backup(options["file"])
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        rows = sum(summary.tables.values())
        self.stdout.write(f"{options['file']}: {rows} rows of {len(summary.tables)} tables, {summary.files} uploads")
        if summary.missing:
            raise CommandError("written, but these uploads are not in the storage: " + ", ".join(summary.missing))
