"""Serves the pictures that we drew ourselves, as pictures and as nothing else."""

from mimetypes import guess_type

from django.db.models.fields.files import FieldFile
from django.http import FileResponse

HOUR = 3600


def picture(kept: FieldFile) -> FileResponse:
    """Answer with a picture; its address stays when it changes, so browsers ask again after an hour."""
    response = FileResponse(kept.open(), content_type=guess_type(str(kept.name))[0] or "application/octet-stream")
    response.headers["Cache-Control"] = f"private, max-age={HOUR}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response._csp_exempt = True  # type: ignore[attr-defined] # noqa: SLF001 - this file has its own policy
    return response
