"""`manage.py import_sheets PATH`: brings Markdown files in as published sheets, again and again without repeating."""

import re
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation
from tqdm import tqdm

from commons.errors import CommonsError, Invalid
from commons.people.models import Network, User
from commons.statistics import count_rows
from commons.text.normalise import slug_for
from commons.vocabularies.queries import entries_of
from practices.actions import ImportResult, import_sheet
from practices.exchange.frontmatter import read_front_matter
from practices.exchange.importing import files_under, licence_named, licensed, read_sheet
from practices.models import Upload


class Command(BaseCommand):
    """One line for each problem on the error output; the last line of the output counts what was done."""

    help = "Import Markdown files with front matter, a file or a folder, as published sheets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to import, for which network, in whose name."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--network", default="", help="slug of the network that decides on the new sheets")
        parser.add_argument(
            "--by", default="", help="e-mail of the curator who imports; the machine's operator unless given"
        )
        parser.add_argument(
            "--licence", default="", help="code of the licence of the files that state none; CC-BY-SA-4.0 unless given"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, do nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import each file on its own: a bad one is told and never stops the rest."""
        if not options["path"].exists():
            message = f"{options['path']} does not exist"
            raise CommandError(message)
        by = _person(options["by"])
        self.licence = _licence(options["licence"])
        counts: Counter[str] = Counter()
        path = options["path"].resolve()
        self.root = path if path.is_dir() else path.parent
        files = list(files_under(path))
        with translation.override("fr"), _rehearsal() if options["dry_run"] else nullcontext():
            for path, relative in tqdm(files, unit=" sheets", file=sys.stderr, leave=False):
                counts[self._import(path, relative, by, options["network"])] += 1
        if counts[ImportResult.CREATED] and not options["dry_run"]:
            count_rows()
        counted = ", ".join(f"{name} {counts[name]}" for name in (*ImportResult, "failed"))
        self.stdout.write(counted)

    def _import(self, path: Path, relative: str, by: User | None, network: str) -> str:
        try:
            raw = path.read_bytes()
            incoming = licensed(read_sheet(raw, relative, self.root), self.licence)
            with transaction.atomic():
                slug = network or str(read_front_matter(raw)[0].get("network") or "")
                return import_sheet(by=by, incoming=incoming, network=_network(slug))
        except (CommonsError, OSError, ValueError) as error:
            with tqdm.external_write_mode(file=sys.stderr):
                self.stderr.write(f"{relative}: {_words(error)}")
            return "failed"


@contextmanager
def _rehearsal() -> Iterator[None]:
    """Undo at the end whatever was done meanwhile, in the database and among the files."""
    before = set(Upload.objects.values_list("file", flat=True))
    with transaction.atomic():
        yield
        written = set(Upload.objects.values_list("file", flat=True)) - before
        transaction.set_rollback(True)
    for name in written:
        default_storage.delete(name)


def _person(email: str) -> User | None:
    if not email:
        return None
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        message = f"no active account has the address {email}"
        raise CommandError(message)
    return user


def _licence(written: str) -> str:
    try:
        return licence_named(written)
    except Invalid as error:
        message = f"no licence is called {written}; there are {', '.join(entries_of('licence'))}"
        raise CommandError(message) from error


def _network(slug: str) -> Network | None:
    """Return the network of that slug, opened (closed to joining, nobody in it) when there is none."""
    if not slug:
        return None
    if slug != slug_for(slug, 80):
        raise Invalid({"network": [slug]})
    name = re.sub("-+", " ", slug).capitalize()
    return Network.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def _words(error: Exception) -> str:
    if not isinstance(error, Invalid):
        return str(getattr(error, "message", "") or error)
    fields: Mapping[str, list[Any]] = error.fields
    return " ".join(f"{path} : {message}" if path else str(message) for path, ms in fields.items() for message in ms)
