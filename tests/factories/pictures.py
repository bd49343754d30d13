"""Makes pictures to send."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(width: int = 40, height: int = 30, name: str = "image.png") -> SimpleUploadedFile:
    """Return a red PNG."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, format="PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def magic(response: Any) -> bytes:
    """Return the first bytes of a file that was served, and close it."""
    data = b"".join(response.streaming_content)
    return data[:4]
