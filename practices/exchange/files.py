"""Owns the files that lie beside an exported sheet: which ones, where, and finding them again at the import."""

import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile, ZipInfo

from django.utils.translation import gettext as _

from commons.errors import Invalid
from practices.actions.imports import IncomingFile
from practices.actions.uploads import MOST_UPLOADS
from practices.enums import Confidentiality
from practices.models import Sheet, Upload

ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_NAMED = re.compile(rf'(?:"upload": "|/medias/)({ULID.pattern})')


def uploads_shown(sheet: Sheet) -> list[Upload]:
    """Return the files of a sheet that its current version shows or names, less those that are lost, in lasting order.

    What was sent and not published yet is no part of what readers may take away.
    """
    named = set(_NAMED.findall(json.dumps(sheet.version.content))) if sheet.version else set()
    kept = sheet.uploads.filter(pk__in=named).order_by("pk") if named else ()
    return [upload for upload in kept if upload.file.storage.exists(str(upload.file.name))]


def place_of(sheet: Sheet, upload: Upload) -> str:
    """Return where a file lies, from where its sheet's does: never another's place, the same at each export."""
    is_told = sheet.confidentiality != Confidentiality.CHATHAM  # a file's name may be somebody's
    name = f"{upload.pk}-{upload.name}" if is_told else f"{upload.pk}.{upload.name.rpartition('.')[2]}"
    return f"{sheet.slug}-{sheet.pk}/{name}"


def listed(sheet: Sheet, uploads: Iterable[Upload]) -> list[dict[str, str]]:
    """Return what the front matter says of files: the identifier that texts name them by, their place and digest."""
    return [{"id": upload.pk, "path": place_of(sheet, upload), "sha256": upload.sha256} for upload in uploads]


def write_archive(target: IO[bytes], sheets: Iterable[tuple[Sheet, str, str, list[Upload]]]) -> None:
    """Write sheets (each with its file's name, text, uploads) as one ZIP, the same bytes for the same versions."""
    with ZipFile(target, "w") as archive:
        for sheet, name, text, uploads in sheets:
            moment = sheet.version.created_at.utctimetuple()[:6] if sheet.version else (1980, 1, 1, 0, 0, 0)
            for place, held in _parts(sheet, name, text, uploads):
                with held, archive.open(ZipInfo(place, moment), "w") as entry:
                    while chunk := held.read(1 << 16):
                        entry.write(chunk)


def _parts(sheet: Sheet, name: str, text: str, uploads: list[Upload]) -> Iterator[tuple[str, Any]]:
    yield name, io.BytesIO(text.encode())
    for upload in uploads:
        yield place_of(sheet, upload), upload.file.open()


def incoming_files(values: Mapping[str, Any], beside: Path | None, root: Path | None) -> tuple[IncomingFile, ...]:
    """Return the files that a front matter lists, from its own folder, inside of what is imported and nowhere else.

    `Invalid` when one is not there, leads out of the folder, or is not what the export wrote any more.
    """
    rows = values.get("files") or []
    if not isinstance(rows, list) or len(rows) > MOST_UPLOADS or not all(isinstance(row, dict) for row in rows):
        raise _refuse(_("La liste des fichiers ne se lit pas."))
    return tuple(_incoming(row, beside, root) for row in rows)


def _incoming(row: Mapping[str, Any], beside: Path | None, root: Path | None) -> IncomingFile:
    pk, place, said = (str(row.get(name) or "") for name in ("id", "path", "sha256"))
    path = (beside / place).resolve() if beside and "\0" not in place else Path()
    if not ULID.fullmatch(pk) or root is None or not path.is_relative_to(root.resolve()) or not path.is_file():
        raise _refuse(_("Le fichier « %(place)s » n’est pas là.") % {"place": place[:200]})
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if said not in ("", digest):
        raise _refuse(_("Le fichier « %(place)s » n’est plus celui qui a été exporté.") % {"place": place[:200]})
    return IncomingFile(pk, path, path.name.removeprefix(f"{pk}-"), digest, is_ours=bool(said))


def _refuse(message: str) -> Invalid:
    return Invalid({"files": [message]})
