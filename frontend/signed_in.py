"""Names the person behind a request to a page for members, notes their sessions, keeps their pages to themselves."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from commons.errors import NotAllowed
from commons.people.models import User

NOTED_SECONDS = 15 * 60
ACCOUNT_PAGES = ("account_", "mfa_", "socialaccount_", "usersessions_", "tokens", "profile")
"""Pages that hold addresses, factors and keys: no copy of them stays in a browser."""


def person_of(request: HttpRequest) -> User:
    """Return who is signed in; a visitor is refused."""
    if not isinstance(request.user, User):
        raise NotAllowed
    return request.user


class SessionsInUse:
    """The middleware that notes when a session was last used, at most once in a quarter of an hour.

    It cost five queries, a write among them, at each page. A session that moves to another address or browser is
    noted at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave visitors alone, and what has just been noted."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        if _is_news(request):
            UserSession.objects.create_from_request(request)
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store" if _is_of_account(request) else "private, no-cache")
        if not request.user.is_authenticated:  # they have just signed out, perhaps on a computer that others use
            response.headers["Clear-Site-Data"] = '"storage"'
        return response


def _is_of_account(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.view_name.startswith(ACCOUNT_PAGES)


def _is_news(request: HttpRequest) -> bool:
    place = (request.session.session_key, get_adapter().get_client_ip(request), request.headers.get("User-Agent"))
    digest = salted_hmac("sessions", repr(place)).hexdigest()
    return cache.add(f"in-use:{digest}", value=True, timeout=NOTED_SECONDS)
