"""Signs sockets in: by the session of the page that opens them, or by a personal token."""

from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, parse_cookie

from commons.people.api.authentication import working_token
from commons.people.enums import TokenScope


class SignedIn:
    """Gives the socket `scope["person"]`, which says who it is at that moment, and `scope["language"]` of the page."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Pass on, with the way to ask who this is: asked again later, it sees a sign-out or a revoked key."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
        language = asked if asked in dict(settings.LANGUAGES) else ""
        await self.app(scope | {"person": lambda: person_behind(headers), "language": language}, receive, send)


def person_behind(headers: dict[bytes, str]) -> Any:
    """Return who sends these headers, as the database knows them now; a visitor when a key or session is no good."""
    scheme, _blank, key = headers.get(b"authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        token = working_token(key.strip())
        if token is None:
            return AnonymousUser()
        token.user.may_write = token.scope == TokenScope.WRITE  # type: ignore[attr-defined]
        return token.user
    session_key = parse_cookie(headers.get(b"cookie", "")).get(settings.SESSION_COOKIE_NAME)
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return get_user(request)
