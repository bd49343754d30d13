"""Owns the PDF of a sheet, kept by version and language."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from frontend.pages.catalogue import reading
from frontend.pages.catalogue.sheets import text_context
from frontend.pdf import laid_out
from practices.exchange.exporting import attribution_of, version_of
from practices.models import Sheet

LAYOUT = 2
"""Raise it when the template or its style changes: kept files have it in their names."""


def pdf_of(request: HttpRequest, sheet: Sheet) -> bytes:
    """Return the PDF of a sheet's current version, made once for each version and language: see `laid_out`."""
    kept = _place_of(sheet)
    if kept.exists():
        return kept.read_bytes()
    uploads = {reading.url_of(upload): upload for upload in sheet.uploads.all()}
    made = laid_out(_page_of(request, sheet), uploads=uploads)
    _keep(kept, made)
    return made


def _place_of(sheet: Sheet) -> Path:
    name = f"{sheet.pk}-v{version_of(sheet).number}-{get_language()}-{LAYOUT}.pdf"
    return Path(settings.VAR_DIR) / "pdf" / name


def _keep(place: Path, made: bytes) -> None:
    """Write the file whole or not at all, and drop those of the versions before."""
    place.parent.mkdir(parents=True, exist_ok=True)
    sheet_id = place.name.partition("-")[0]
    old = [path for path in place.parent.glob(f"{sheet_id}-*-{get_language()}-*.pdf") if path != place]
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(made)
    Path(file.name).replace(place)
    for path in old:
        path.unlink(missing_ok=True)


def _page_of(request: HttpRequest, sheet: Sheet) -> str:
    version = version_of(sheet)
    text = reading.text_of(version)
    context: dict[str, Any] = text_context(sheet, text) | {
        "version": version,
        "attribution": attribution_of(version.content, version.house),
        "facts": reading.card(Sheet(), text),  # the version's own: what others made of it changes without it
    }
    return render_to_string("print/sheet.html", context, request=request)
