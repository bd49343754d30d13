"""Owns writing sheets as Markdown files with front matter, equal to what importing them again writes."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from commons.vocabularies.queries import label_of
from practices.enums import Confidentiality
from practices.exchange.files import listed
from practices.exchange.frontmatter import write_front_matter
from practices.fields.values import without_empty
from practices.models import Sheet, SheetQuerySet, Upload, Version

DATES = ("created_at", "published_at", "confirmed_at")


def sheets_to_export(sheets: SheetQuerySet) -> SheetQuerySet:
    """Keep the sheets that have a version, with what a file of theirs needs, in a lasting order."""
    return sheets.filter(version__isnull=False).select_related("version", "network").order_by("pk")


def file_name_of(sheet: Sheet) -> str:
    """Return a sheet's file name: readable, and never another's."""
    return f"{sheet.slug}-{sheet.pk}.md"


def markdown_of(sheet: Sheet, uploads: Sequence[Upload] = ()) -> str:
    """Return a sheet's current version as a Markdown file; what it may not name is not in the version.

    `uploads` are the files that lie beside it, which its front matter then lists.
    """
    version = version_of(sheet)
    content = without_empty(version.content)
    body = str(content.pop("what", ""))
    files = {"files": listed(sheet, uploads)} if uploads else {}
    return write_front_matter({**content, **dict(_life(sheet, version)), **files}, body)


def version_of(sheet: Sheet) -> Version:
    """Return the current version of a sheet that has one."""
    if sheet.version is None:
        message = f"{sheet.pk} has no version"
        raise ValueError(message)
    return sheet.version


def attribution_of(content: Mapping[str, Any], house: Mapping[str, Any]) -> str:
    """Return who is to be credited, and under which licence; nobody is named under the Chatham House rule."""
    names = [row["name"] for row in content.get("authors", ())]
    named = ", ".join(dict.fromkeys([*names, *([house["name"]] if house.get("name") else [])]))
    licence = label_of("licence", content.get("licence", ""))
    return f"{named} – {licence}" if named else licence


def _life(sheet: Sheet, version: Version) -> Iterator[tuple[str, Any]]:
    yield "id", sheet.pk
    yield "slug", sheet.slug
    if sheet.source_key and sheet.confidentiality != Confidentiality.CHATHAM:  # a file's name may be somebody's
        yield "source_key", sheet.source_key
    yield "version", version.number
    yield "editorial_state", str(sheet.editorial_state)
    if sheet.network:
        yield "network", sheet.network.slug
    for name in DATES:
        if moment := getattr(sheet, name):
            yield name, _written(moment)
    yield "updated_at", _written(version.created_at)
    if sheet.review_by:
        yield "review_by", sheet.review_by.isoformat()
    yield "attribution", attribution_of(version.content, version.house)
    if version.house:
        yield "house", dict(version.house)


def _written(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).isoformat()
