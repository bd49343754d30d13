"""Owns whom a browser may open a socket for: our own pages only."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host


class OwnOrigin:
    """Refuses a socket that another site's page opens.

    Browsers always name the page's origin, so a request without one comes from a program, which no other site can
    make use a person's cookie. `ALLOWED_HOSTS = *` opens nothing here: the origin is compared with the host asked.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Pass on, or close before accepting."""
        headers = dict(scope["headers"])
        if not is_own(headers.get(b"host", b"").decode("latin-1"), headers.get(b"origin")):
            await receive()
            await send({"type": "websocket.close", "code": 4403})
            return
        await self.app(scope, receive, send)


def is_own(host: str, origin: bytes | None) -> bool:
    """Tell whether the host is ours and the origin, when there is one, is that host."""
    domain, _port = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    if origin is None:
        return True
    text = origin.decode("latin-1").lower()
    return text in settings.CSRF_TRUSTED_ORIGINS or urlsplit(text).netloc == host.lower()
