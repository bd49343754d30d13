"""Owns the PDF of a sheet: tagged for assistive technology, made of our own files only, kept by version."""

import mimetypes
import tempfile
import threading
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commons.errors import CommonsError, TooMany
from frontend.pages.catalogue import reading
from frontend.pages.catalogue.sheets import text_context
from practices.exchange.exporting import attribution_of, version_of
from practices.models import Sheet

LAYOUT = 1
"""Raise it when the template or its style changes: kept files have it in their names."""
BASE = "http://commons.invalid"
PATIENCE = 20.0  # seconds
_one_at_a_time = threading.Semaphore(1)


class PdfUnavailable(CommonsError):
    """This machine lacks the library that lays text out."""

    status: ClassVar[int] = 503
    default_code = "pdf_unavailable"
    default_message: ClassVar[str | Promise] = _(
        "Ce serveur ne sait pas faire de PDF : il lui manque la bibliothèque Pango (paquet libpangoft2-1.0-0). "
        "En attendant, votre navigateur sait enregistrer la page de la fiche en PDF : Imprimer, puis « Enregistrer »."
    )


def pdf_of(request: HttpRequest, sheet: Sheet) -> bytes:
    """Return the PDF of a sheet's current version, made once for each version and language.

    One is made at a time: who waits longer than 20 seconds for their turn is told to come back (`TooMany`).
    Without Pango the refusal says so (`PdfUnavailable`).
    """
    kept = _place_of(sheet)
    if kept.exists():
        return kept.read_bytes()
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise TooMany
    try:
        made = _make(request, sheet)
    finally:
        _one_at_a_time.release()
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


def _make(request: HttpRequest, sheet: Sheet) -> bytes:
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 - loads Pango, which a machine may lack
    except OSError as error:
        raise PdfUnavailable from error
    version = version_of(sheet)
    text = reading.text_of(version)
    context: dict[str, Any] = text_context(sheet, text) | {
        "version": version,
        "attribution": attribution_of(version.content, version.house),
        "facts": reading.card(Sheet(), text),  # the version's own: what others made of it changes without it
    }
    page = render_to_string("print/sheet.html", context, request=request)
    fetcher = _fetcher_for(sheet)
    style = CSS(url=f"{BASE}{settings.STATIC_URL}css/print-sheet.css", url_fetcher=fetcher)
    document = HTML(string=page, base_url=f"{BASE}/", url_fetcher=fetcher)
    made: bytes = document.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1", pdf_tags=True)
    return made


def _fetcher_for(sheet: Sheet) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - as above

    uploads = {reading.url_of(upload): upload for upload in sheet.uploads.all()}

    class OurFiles(URLFetcher):
        """Reaches our static files and this sheet's own images; anything else, on any host, is refused."""

        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - the hook's signature
            parts = urlsplit(url)
            if f"{parts.scheme}://{parts.netloc}" != BASE:
                message = f"not ours: {url}"
                raise ValueError(message)
            kind = mimetypes.guess_type(parts.path)[0] or "application/octet-stream"
            if parts.path in uploads:
                upload = uploads[parts.path]
                return URLFetcherResponse(url, upload.file.read(), {"Content-Type": upload.content_type})
            found = finders.find(parts.path.removeprefix(settings.STATIC_URL))
            if not parts.path.startswith(settings.STATIC_URL) or not isinstance(found, str):
                message = f"no such file: {url}"
                raise ValueError(message)
            return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": kind})

    return OurFiles()
