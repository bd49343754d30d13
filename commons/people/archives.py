"""Draws a person's copy of their data: a ZIP of each part, as JSON for programs and Markdown for people, and files."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from commons.people.holdings import Section, holdings
from commons.people.words import word_for

IN_MEMORY = 5_000_000
LONG = 80


@contextmanager
def archive_of(person: Any) -> Iterator[IO[bytes]]:
    """Yield the archive of all that the apps hold of a person, in the language that is active."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            parts = [part for holding in holdings() for part in holding.sections(person) if part.rows]
            archive.writestr("LISEZMOI.md", _foreword(parts))
            for part in parts:
                archive.writestr(f"json/{part.name}.json", json_of(part))
                archive.writestr(f"markdown/{part.name}.md", markdown_of(part))
            for holding in holdings():
                for name, kept in holding.files(person):
                    with kept.open("rb") as opened:
                        archive.writestr(f"fichiers/{name}", opened.read())
        file.seek(0)
        yield file


def json_of(part: Section) -> str:
    """Return a part as JSON."""
    return json.dumps(part.rows, ensure_ascii=False, indent=2, default=str)


def markdown_of(part: Section) -> str:
    """Return a part as Markdown: a heading per row, short values in a list, long ones as text."""
    parts = [f"# {part.title}"]
    for number, row in enumerate(part.rows, 1):
        parts.append(f"## {row.get('title') or row.get('name') or number}")
        parts.append("\n".join(_lines(row)))
    return "\n\n".join(parts) + "\n"


def _lines(row: dict[str, Any]) -> Iterator[str]:
    for column, value in row.items():
        if value in (None, "", [], {}):
            continue
        text = json.dumps(value, ensure_ascii=False, indent=2) if isinstance(value, dict | list) else _plain(value)
        if isinstance(value, dict | list):
            yield f"- {word_for(column)}\u00a0:\n\n```json\n{text}\n```\n"
        elif "\n" in text or len(text) > LONG:
            yield f"- {word_for(column)}\u00a0:\n\n{text}\n"
        else:
            yield f"- {word_for(column)}\u00a0: {text}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return str(value)


def _foreword(parts: list[Section]) -> str:
    lines = "\n".join(
        f"- {part.title} ({len(part.rows)}) : markdown/{part.name}.md, json/{part.name}.json" for part in parts
    )
    said = _(
        "Voici tout ce que Commons garde de vous. Le dossier « markdown » se lit, le dossier « json » se reprend "
        "dans un autre logiciel, le dossier « fichiers » contient ce que vous avez envoyé."
    )
    return f"# Commons, {timezone.localdate():%Y-%m-%d}\n\n{said}\n\n{lines}\n"
