"""Owns sheets as rows of a CSV file: one sheet a row, the field table's codes as columns, words for people as cells."""

import csv
import io
import re
from collections.abc import Iterable

from django.conf import settings

from practices.exchange.exporting import attribution_of, version_of
from practices.fields import FIELDS
from practices.fields.display import plain
from practices.models import Sheet

BEFORE = ("id", "url")
AFTER = ("version", "published_at", "updated_at", "attribution")
COLUMNS = (*BEFORE, *(field.code for field in FIELDS), *AFTER)
_FORMULA = re.compile(r"^[\s\x00]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]")


def csv_of(sheets: Iterable[Sheet]) -> str:
    """Return a CSV text with a header; it starts with a byte order mark, without which Excel misreads accents."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    writer.writerows(map(row_of, sheets))
    return "\ufeff" + written.getvalue()


def row_of(sheet: Sheet) -> list[str]:
    """Return a sheet's cells in the order of the columns, none of which a spreadsheet will compute."""
    version = version_of(sheet)
    words = [plain(field.type, version.content.get(field.code)) for field in FIELDS]
    before = [sheet.pk, settings.SITE_URL + sheet.get_absolute_url()]
    published = sheet.published_at.date().isoformat() if sheet.published_at else ""
    after = [str(version.number), published, version.created_at.date().isoformat()]
    return [inert(cell) for cell in (*before, *words, *after, attribution_of(version.content, version.house))]


def inert(cell: str) -> str:
    """Return a cell that is text to any spreadsheet: an apostrophe goes before what could start a formula.

    The characters are those of OWASP's "CSV Injection", and their full-width forms.
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell
