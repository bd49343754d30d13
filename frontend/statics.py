"""Owns how static files are named, by their content (the modules that scripts import too), and how they are served."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from servestatic.middleware import (  # type: ignore[import-untyped]
    AsyncServeStaticFileResponse,
    ServeStaticMiddleware,
)
from servestatic.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class NamedByContent(CompressedManifestStaticFilesStorage):
    """A file's name changes with its content, wherever a stylesheet or a module speaks of it."""

    support_js_module_import_aggregation = True


class StaticFiles:
    """The middleware that answers with static files, compressed and for ever where their name says their content.

    servestatic's own is for ASGI alone: under WSGI it made Django start a thread and an event loop for every request,
    page or not, four fifths of what a bare answer cost (docs/adr/0023). This one asks it which file, and answers here.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.known = ServeStaticMiddleware(_never_asked)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the file, if it is one."""
        path = request.path_info
        if not path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        file = self.known.find_file(path) if self.known.autorefresh else self.known.files.get(path)
        if file is None:
            return self.get_response(request)
        found = file.get_response(request.method, request.META)
        response: HttpResponseBase = AsyncServeStaticFileResponse(found.file or (), status=int(found.status))
        del response.headers["Content-Type"]
        for name, value in found.headers:
            if value is not None:
                response.headers[name] = value
        return response


async def _never_asked(_request: HttpRequest) -> HttpResponseBase:
    raise NotImplementedError
