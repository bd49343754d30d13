"""The files of a sheet and of a collection, for whoever may read them: Markdown, CSV, JSON-LD, PDF, ZIP."""

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import IO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import get_language

from frontend.pages.catalogue.pdf import pdf_of
from practices.exchange.exporting import file_name_of, markdown_of, sheets_to_export, version_of
from practices.exchange.files import uploads_shown, write_archive
from practices.exchange.jsonld import collection_node, json_of, sheet_node
from practices.exchange.tables import csv_of
from practices.models import Sheet
from practices.queries import collections_visible_to, items_visible_to, sheets_visible_to

TYPES = {
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
IN_MEMORY = 2_000_000  # bytes of an archive; a larger one waits in a temporary file


def _archive(sheets: Iterable[Sheet]) -> IO[bytes]:
    """Return the Markdown of sheets with the files they show, as `import_sheets` takes them up."""
    shown = ((sheet, uploads_shown(sheet)) for sheet in sheets)
    archive = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the answer closes it
    write_archive(archive, ((one, file_name_of(one), markdown_of(one, files), files) for one, files in shown))
    archive.seek(0)
    return archive


_WRITERS: dict[str, Callable[[HttpRequest, Sheet], str | bytes | IO[bytes]]] = {
    "md": lambda _request, sheet: markdown_of(sheet),
    "csv": lambda _request, sheet: csv_of([sheet]),
    "jsonld": lambda _request, sheet: json_of(sheet_node(sheet)),
    "pdf": pdf_of,
    "zip": lambda _request, sheet: _archive([sheet]),
}


def sheet_export(request: HttpRequest, pk: str, format: str) -> HttpResponseBase:  # noqa: A002 - the address's word
    """Give a sheet's current version as a file; a browser that has it already is told so."""
    if format not in _WRITERS:
        raise Http404
    sheet = get_object_or_404(sheets_to_export(sheets_visible_to(request.user)), pk=pk)
    facts = (sheet.pk, version_of(sheet).number, sheet.editorial_state, sheet.updated_at.timestamp(), get_language())
    etag = quote_etag("-".join(map(str, (*facts, format))))
    response = get_conditional_response(request, etag=etag) or _file(
        _WRITERS[format](request, sheet), f"{sheet.slug}.{format}", format
    )
    response.headers["ETag"] = etag
    patch_cache_control(response, private=True, max_age=0, must_revalidate=True)
    return response


def collection_export(request: HttpRequest, network: str, slug: str, format: str) -> HttpResponseBase:  # noqa: A002 - same
    """Give the sheets of a collection that the reader may read as one file, in the collection's order."""
    if format not in ("csv", "jsonld", "zip"):
        raise Http404
    collection = get_object_or_404(collections_visible_to(request.user), network__slug=network, slug=slug)
    wanted = list(items_visible_to(request.user, collection).values_list("sheet", flat=True))
    found = sheets_to_export(sheets_visible_to(request.user)).in_bulk(wanted)
    sheets = [found[pk] for pk in wanted if pk in found]
    writers: dict[str, Callable[[], str | IO[bytes]]] = {
        "csv": lambda: csv_of(sheets),
        "jsonld": lambda: json_of(collection_node(collection, sheets)),
        "zip": lambda: _archive(sheets),
    }
    return _file(writers[format](), f"{network}-{slug}.{format}", format)


def _file(body: str | bytes | IO[bytes], name: str, format: str) -> HttpResponseBase:  # noqa: A002 - same
    if not isinstance(body, str | bytes):
        return FileResponse(body, as_attachment=True, filename=name, content_type=TYPES[format])
    header = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(body, content_type=TYPES[format], headers={"Content-Disposition": header or "attachment"})
