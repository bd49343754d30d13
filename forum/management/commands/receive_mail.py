"""`manage.py receive_mail MAILDIR`: takes the answers that a mail server left in a folder, or one from a pipe (`-`)."""

import sys
from argparse import ArgumentParser
from email.errors import MessageError
from pathlib import Path
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from forum.exchange.answers import receive_mail

FAILURES = (OSError, MessageError, ValueError, LookupError, TypeError, AttributeError, DatabaseError)
"""A file that cannot be read, a mail that the standard parser trips over, a server (database, SMTP) that is away."""

logger = structlog.get_logger(__name__)


class Command(BaseCommand):
    """Run it each minute, or as the command that a mail server pipes into. What fails stays, and is tried again."""

    help = "Post the answers that came by mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("maildir", help="the Maildir (with new/ and cur/), or - for one mail on standard input")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Take what is new, and say how many were posted."""
        if options["maildir"] == "-":
            receive_mail(sys.stdin.buffer.read())
            return
        root = Path(options["maildir"])
        if not (root / "new").is_dir() or not (root / "cur").is_dir():
            message = f"{root} is no Maildir: it has no new/ or no cur/"
            raise CommandError(message)
        posted = [self._take(path, root / "cur") for path in sorted((root / "new").iterdir())]
        self.stdout.write(f"{len(posted)} mails, {sum(posted)} posts")

    def _take(self, path: Path, seen: Path) -> bool:
        try:
            post = receive_mail(path.read_bytes())
        except FAILURES:
            logger.exception("mail_failed", file=path.name)  # it stays in new/, and holds no other up
            return False
        path.rename(seen / f"{path.name}:2,S")
        return post is not None
