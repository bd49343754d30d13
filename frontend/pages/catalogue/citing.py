"""Owns how a text of a sheet is cited: words, BibTeX, the permanent address of its version."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from commons.vocabularies.queries import entries_of, label_of
from frontend.pages.catalogue.reading import Text

BIBTEX_SPECIAL = re.compile(r"([{}%&$#_])")


@dataclass(frozen=True)
class Citation:
    """What a reader copies."""

    words: str
    bibtex: str
    address: str
    licence: str
    licence_url: str


def citation_of(text: Text) -> Citation | None:
    """Return how to cite a published version; nothing to cite before the first."""
    if text.version is None:
        return None
    version, content = text.version, text.content
    address = f"{settings.SITE_URL}{version.get_absolute_url()}"
    names = [row["name"] for row in content.get("authors", [])] or [text.house.get("name") or settings.SITE_NAME]
    licence = content.get("licence", "")
    entry = entries_of("licence").get(licence)
    words = _("%(authors)s (%(year)s). %(title)s (version %(number)s). Commons. %(address)s") % {
        "authors": ", ".join(names),
        "year": version.created_at.year,
        "title": content["title"],
        "number": version.number,
        "address": address,
    }
    return Citation(
        words, _bibtex(text, names, address), address, label_of("licence", licence), entry.exact_match if entry else ""
    )


def _bibtex(text: Text, names: list[str], address: str) -> str:
    version = text.version
    assert version is not None  # noqa: S101 - citation_of has looked
    fields = {
        "title": text.content["title"],
        "author": " and ".join(names),
        "year": str(version.created_at.year),
        "publisher": settings.SITE_NAME,
        "note": f"Version {version.number}, {text.content.get('licence', '')}",
        "url": address,
    }
    lines = [f"  {name} = {{{_escaped(value) if name != 'url' else value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{commons-{version.sheet_id.lower()}-v{version.number},", *lines, "}"])


def _escaped(value: str) -> str:
    return BIBTEX_SPECIAL.sub(r"\\\1", value.replace("\\", r"\textbackslash "))
