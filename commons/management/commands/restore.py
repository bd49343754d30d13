"""`manage.py restore FILE`: brings a backup back into an empty installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from commons.backups import BackupError, restore_backup
from commons.search.engines.protocol import EngineDownError
from commons.search.upkeep import rebuild


class Command(BaseCommand):
    """The database may be another kind than the backup's: this is how one moves from SQLite to PostgreSQL."""

    help = "Restore a backup into an empty installation, bring it to this version, and build the search index."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to read."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="lose what is in this installation")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Restore, migrate, index."""
        try:
            summary = restore_backup(options["file"], replace=options["replace"])
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0)
        rows = sum(summary.tables.values())
        self.stdout.write(f"{rows} rows of {len(summary.tables)} tables, {summary.files} uploads, of {summary.made_at}")
        try:
            self.stdout.write(f"{rebuild()} documents in the search index")
        except EngineDownError as error:
            self.stderr.write(f"The search engine is down ({error}): run `manage.py search rebuild` when it answers.")
