"""Makes files to send, and reads those that are kept."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from practices.actions import publish_version, save_sheet
from practices.actions.uploads import add_upload
from practices.models import Sheet, Upload
from tests.factories.sheets import published_sheet


def noise_bytes(kind: str, size: tuple[int, int] = (48, 40)) -> bytes:
    """Return a picture on which a lossy format loses something each time."""
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, format=kind)
    return out.getvalue()


def kept(upload: Upload) -> bytes:
    """Return the bytes that are served."""
    with upload.file.open() as file:
        data: bytes = file.read()
    return data


FILES = {
    "affiche.jpg": noise_bytes("JPEG"),
    "scène.png": noise_bytes("PNG"),
    "scène.webp": noise_bytes("WEBP"),
    "dossier.pdf": b"%PDF-1.7\nx",
    "plan.png": noise_bytes("PNG"),
    "brouillon.png": noise_bytes("PNG"),
}


def illustrated_sheet(**values: Any) -> Sheet:
    """Return a published sheet that shows each sort of file, and names one in its text."""
    sheet = published_sheet(**values)
    by = sheet.created_by
    assert by is not None
    uploads = [add_upload(by=by, sheet=sheet, file=SimpleUploadedFile(name, data)) for name, data in FILES.items()]
    *shown, named, _unused = uploads
    media = [
        {"upload": u.pk, "alt": f"Affiche {u.pk}", "licence": "CC-BY-4.0", "credit": "Ada", "transcript": "Un *mot*"}
        for u in shown
    ]
    media.append({"upload": "01JXXXXXXXXXXXXXXXXXXXXXXX", "alt": "Perdue", "licence": "CC-BY-4.0"})
    values = {"media": media, "what": f"Voici ![le plan]({named.get_absolute_url()})."}
    save_sheet(by=by, sheet=sheet, values=values, revision=sheet.revision)
    publish_version(by=by, sheet=sheet, reason="Images")
    return sheet
