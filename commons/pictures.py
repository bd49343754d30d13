"""Owns what a picture is once we keep it: its pixels alone, upright, no larger than a page shows."""

import io
import struct
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from commons.errors import Invalid

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000
TYPES = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/webp", "webp")}
UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
)
Chosen: TypeAlias = "UploadedFile[Any] | FieldFile | Literal[False] | None"
"""What a form says of a picture: a new one, the one that is there, none any more (`False`), or nothing (`None`)."""


@dataclass(frozen=True)
class Picture:
    """A picture as it will be kept."""

    data: bytes
    content_type: str
    ending: str
    width: int
    height: int


def read_picture(data: bytes, *, refusal: str = "", longest: int = LONGEST_SIDE) -> Picture:
    """Return a JPEG, PNG or WebP drawn anew: no metadata, no hidden payload. Anything else is refused, by its bytes."""
    refused = Invalid({"file": [refusal or _("Envoyez une image JPEG, PNG ou WebP.")]})
    try:
        with Image.open(io.BytesIO(data), formats=tuple(TYPES)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid({"file": [_("Cette image a trop de pixels.")]}, code="too_big")
            return _drawn_anew(picture, longest)
    except UNREADABLE as error:
        raise refused from error


def _drawn_anew(picture: Image.Image, longest: int) -> Picture:
    content_type, ending = TYPES[str(picture.format)]
    picture.draft("RGB", (longest, longest))  # a JPEG is read small at once; others ignore it
    upright = ImageOps.exif_transpose(picture)
    drawn = upright.convert("RGB" if content_type == "image/jpeg" else "RGBA")
    drawn.thumbnail((longest, longest))
    drawn.info.clear()  # or the encoder would write comments and profiles back
    out = io.BytesIO()
    drawn.save(out, format=str(picture.format), quality=85)
    return Picture(out.getvalue(), content_type, ending, drawn.width, drawn.height)


def is_bare(data: bytes, drawn: Picture) -> bool:
    """Tell whether a picture that could be drawn anew holds what our drawing does: pixels, no fact more, no tail."""
    with Image.open(io.BytesIO(data)) as given, Image.open(io.BytesIO(drawn.data)) as ours:
        has_no_more = given.info.keys() <= ours.info.keys() and not given.getexif() and given.size == ours.size
    if drawn.ending == "webp":
        return has_no_more and int.from_bytes(data[4:8], "little") + 8 == len(data)
    end = {"jpg": b"\xff\xd9", "png": b"IEND\xaeB`\x82"}[drawn.ending]
    return has_no_more and data.find(end) == len(data) - len(end)


def refuse_heavy(file: "File[Any]") -> None:
    """Refuse a file above the limit of this site."""
    if (file.size or 0) > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // 1_000_000
        raise Invalid({"file": [_("Ce fichier dépasse %(limit)d Mo.") % {"limit": limit}]}, code="too_big")


def set_picture(kept: FieldFile, chosen: Chosen, *, longest: int) -> None:
    """Put a picture in a row's field, or take it out, as a form chose; the caller saves the row.

    The former file is forgotten on commit. Refuses what is too heavy, and what is no picture.
    """
    if chosen is None or isinstance(chosen, FieldFile):  # a form gives back what it started from
        return
    storage, former = kept.storage, str(kept.name or "")
    if former:
        transaction.on_commit(lambda: storage.delete(former))
    if chosen is False:
        kept.name = ""
        return
    refuse_heavy(chosen)
    picture = read_picture(chosen.read(), longest=longest)
    kept.save(f"{get_random_string(20)}.{picture.ending}", ContentFile(picture.data), save=False)
