"""Lays a page out as a PDF: tagged for assistive technology, made of our own files only, one at a time."""

import mimetypes
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commons.errors import CommonsError, TooMany

BASE = "http://commons.invalid"
PATIENCE = 20.0  # seconds
_one_at_a_time = threading.Semaphore(1)


class PdfUnavailable(CommonsError):
    """This machine lacks the library that lays text out."""

    status: ClassVar[int] = 503
    default_code = "pdf_unavailable"
    default_message: ClassVar[str | Promise] = _(
        "Ce serveur ne sait pas faire de PDF : il lui manque la bibliothèque Pango (paquet libpangoft2-1.0-0). "
        "En attendant, votre navigateur sait enregistrer une page en PDF : Imprimer, puis « Enregistrer »."
    )


def laid_out(page: str, *, uploads: Mapping[str, Any] | None = None) -> bytes:
    """Return a page of ours as PDF; `uploads` are the uploaded files it may show, by their address.

    One is made at a time: who waits longer than 20 seconds for their turn is told to come back (`TooMany`).
    Without Pango the refusal says so (`PdfUnavailable`).
    """
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise TooMany
    try:
        return _made(page, uploads or {})
    finally:
        _one_at_a_time.release()


def _made(page: str, uploads: Mapping[str, Any]) -> bytes:
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 - loads Pango, which a machine may lack
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - same
    except OSError as error:
        raise PdfUnavailable from error
    fetcher, fonts = (
        fetcher_for(uploads),
        FontConfiguration(),
    )  # without it, the fonts of the style are left out in silence
    style = CSS(url=f"{BASE}{settings.STATIC_URL}css/print-sheet.css", url_fetcher=fetcher, font_config=fonts)
    document = HTML(string=page, base_url=f"{BASE}/", url_fetcher=fetcher)
    made: bytes = document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True)
    return made


def fetcher_for(uploads: Mapping[str, Any]) -> Any:
    """Return what reaches our static files and these uploads; anything else, on any host, is refused."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - as above

    class OurFiles(URLFetcher):
        """Reaches our static files and the page's own images, and nothing else."""

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
