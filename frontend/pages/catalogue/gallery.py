"""Owns the sheet's images, sounds and documents, ready to be shown; nothing of another site loads before a click."""

from typing import Any

from commons.text.embeds import embed_for, placeholder
from commons.vocabularies.queries import label_of
from frontend.pages.catalogue.reading import Text, url_of
from practices.models import Sheet, Upload


def media_shown(sheet: Sheet, text: Text) -> list[dict[str, Any]]:
    """Return what the text's media hold, in order; one query where a file was sent. A file that is gone is left out."""
    rows = list(enumerate(text.content.get("media", [])))
    wanted = [row["upload"] for _index, row in rows if row.get("upload")]
    uploads = sheet.uploads.in_bulk(wanted) if wanted else {}
    shown = (
        _medium(row, uploads.get(row.get("upload", "")), text.html.get(f"media.{i}.transcript", "")) for i, row in rows
    )
    return [medium for medium in shown if medium["shape"]]


def _medium(row: dict[str, Any], upload: Upload | None, transcript: str) -> dict[str, Any]:
    medium = {
        "shape": "",
        "alt": row["alt"],
        "credit": row.get("credit", ""),
        "licence": label_of("licence", row["licence"]),
        "transcript": transcript,
    }
    if upload is not None and (url := url_of(upload)):
        return medium | _file(upload, url)
    if address := row.get("url"):
        embed = embed_for(address, row["alt"])
        return medium | ({"shape": "embed", "html": placeholder(embed)} if embed else {"shape": "link", "url": address})
    return medium


def _file(upload: Upload, url: str) -> dict[str, Any]:
    sort = upload.content_type.partition("/")[0]
    shape = sort if sort in ("image", "audio") else "document"
    size = {"width": upload.width, "height": upload.height}
    return {"shape": shape, "url": url, "name": upload.name, "bytes": upload.size, **size}
