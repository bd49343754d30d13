"""Writes the files that illustrate sheets. What a file is, its bytes say; its name is never believed."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Invalid
from commons.people.models import User
from commons.permissions import require
from commons.pictures import is_bare, read_picture, refuse_heavy
from commons.text.normalise import slug_for
from practices.actions.sheets import locked_sheet
from practices.models import Sheet, Upload
from practices.models.sheets import new_id
from practices.signals import SheetChanged

MOST_UPLOADS = 40
SIGNATURES: tuple[tuple[bytes, int, str, str], ...] = (
    (b"%PDF-", 0, "application/pdf", "pdf"),
    (b"ID3", 0, "audio/mpeg", "mp3"),
    *((bytes((0xFF, second)), 0, "audio/mpeg", "mp3") for second in (0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2)),
    (b"OggS", 0, "audio/ogg", "ogg"),
    (b"ftypM4A", 4, "audio/mp4", "m4a"),
    (b"ftypM4B", 4, "audio/mp4", "m4a"),
)


@dataclass(frozen=True)
class _Read:
    """A file as it will be kept."""

    data: bytes
    content_type: str
    ending: str
    width: int | None = None
    height: int | None = None


@transaction.atomic
def add_upload(*, by: User, sheet: Sheet, file: "UploadedFile[Any]") -> Upload:
    """Keep a file for a sheet: JPEG, PNG or WebP (drawn anew, at most 2,000 pixels a side), PDF, MP3, Ogg or M4A.

    Refuses anything else, what is too heavy, and pictures of more than 40 million pixels. It is served under our own
    type, to those who may read the sheet. The sheet shows it once an editor names it in `media`.
    """
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.change_sheet")
    upload = keep_upload(by=by, sheet=locked, file=file)
    publish(SheetChanged(locked.pk))
    return upload


def keep_upload(*, by: User | None, sheet: Sheet, file: "File[Any]", pk: str = "", is_drawn: bool = False) -> Upload:
    """Check a file and keep it for a locked sheet; the callers have asked who may.

    An import names it by the identifier it had (`pk`); the same file is kept once, another one under its identifier
    is refused. A picture that an export says is drawn already (`is_drawn`) keeps its bytes, if they are pixels alone:
    drawn again, a JPEG would lose a little each time.
    """
    read = _read(file, is_drawn=is_drawn)
    digest = hashlib.sha256(read.data).hexdigest()
    if (known := Upload.objects.filter(pk=pk).first()) is not None:
        if (known.sheet_id, known.sha256) != (sheet.pk, digest):
            raise Invalid({"file": [_("Un autre fichier porte déjà cet identifiant.")]}, code="taken")
        return known
    if sheet.uploads.count() >= MOST_UPLOADS:
        raise Invalid({"file": [_("Cette fiche a déjà quarante fichiers.")]}, code="too_many_uploads")
    upload = Upload(
        pk=pk or new_id(),
        sheet=sheet,
        by=by,
        name=f"{slug_for((file.name or '').rsplit('.', 1)[0], 120) or 'fichier'}.{read.ending}",
        content_type=read.content_type,
        size=len(read.data),
        sha256=digest,
        width=read.width,
        height=read.height,
    )
    upload.file.save(f"{upload.pk}.{read.ending}", ContentFile(read.data), save=False)
    upload.save(force_insert=True)
    return upload


@transaction.atomic
def remove_upload(*, by: User, upload: Upload) -> None:
    """Forget a file, unless a version still shows it."""
    require(by, "practices.change_sheet", upload.sheet, see="practices.view_sheet")
    if any(upload.pk in str(version.content) for version in upload.sheet.versions.all()):
        raise Invalid({"file": [_("Une version publiée montre ce fichier.")]}, code="in_use")
    storage, name = upload.file.storage, str(upload.file.name)
    upload.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _read(file: "File[Any]", *, is_drawn: bool) -> _Read:
    refuse_heavy(file)
    data = file.read()
    for signature, offset, content_type, ending in SIGNATURES:
        if data[offset : offset + len(signature)] == signature:
            return _Read(data, content_type, ending)
    refusal = _("Envoyez une image JPEG, PNG ou WebP, un PDF, ou un son MP3, Ogg ou M4A.")
    picture = read_picture(data, refusal=refusal)
    drawn = _Read(picture.data, picture.content_type, picture.ending, picture.width, picture.height)
    return replace(drawn, data=data) if is_drawn and is_bare(data, picture) else drawn
