"""`manage.py export_sheets PATH`: writes each published sheet as Markdown, with its files, that imports as it was."""

import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from tqdm import tqdm

from commons.people.models import Network
from practices.enums import PUBLISHED_STATES, EditorialState
from practices.exchange.exporting import file_name_of, markdown_of, sheets_to_export
from practices.exchange.files import place_of, uploads_shown
from practices.models import Sheet, SheetQuerySet
from practices.queries import sheets_visible_to

STATES = [*PUBLISHED_STATES, EditorialState.ARCHIVED]


class Command(BaseCommand):
    """What a visitor may read, unless the operator asks for all of it. Nobody is named under the Chatham House rule."""

    help = "Export published sheets as Markdown files with front matter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to write, and which sheets."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--network", default="", help="only the sheets of the network of this slug")
        parser.add_argument("--state", action="append", choices=[str(s) for s in STATES], help="only these states")
        parser.add_argument(
            "--all", action="store_true", help="also what is not public (archived ones: name the state)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the files; those that are there under the same names are replaced."""
        folder: Path = options["path"]
        if folder.exists() and not folder.is_dir():
            message = f"{folder} is not a folder"
            raise CommandError(message)
        folder.mkdir(parents=True, exist_ok=True)
        sheets = list(sheets_to_export(_chosen(options)))
        with translation.override("fr"):
            for sheet in tqdm(sheets, unit=" sheets", file=sys.stderr, leave=False):
                _write(folder, sheet)
        self.stdout.write(f"exported {len(sheets)}")


def _write(folder: Path, sheet: Sheet) -> None:
    uploads = uploads_shown(sheet)
    for upload in uploads:
        target = folder / place_of(sheet, upload)
        target.parent.mkdir(exist_ok=True)
        with upload.file.open() as held, target.open("wb") as copy:
            shutil.copyfileobj(held, copy)
    (folder / file_name_of(sheet)).write_text(markdown_of(sheet, uploads), encoding="utf-8", newline="\n")


def _chosen(options: dict[str, Any]) -> SheetQuerySet:
    is_all = options["all"]
    sheets = Sheet.objects.all() if is_all else sheets_visible_to(AnonymousUser())
    sheets = sheets.filter(editorial_state__in=options["state"]) if options["state"] else sheets.published()
    if not options["network"]:
        return sheets
    network = Network.objects.filter(slug=options["network"]).first()
    if network is None:
        message = f"no network has the address {options['network']}"
        raise CommandError(message)
    return sheets.filter(network=network)
