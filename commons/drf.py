"""What every API resource shares: errors in one shape (RFC 9457), scopes, rates, pages by cursor."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle

from commons.errors import CommonsError, Conflict, Invalid, NotAllowed, NotFound

PROBLEM = "application/problem+json"


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:  # noqa: ARG001 - DRF's signature
    """Translate a refusal into a problem document; anything else stays a server error."""
    if isinstance(error, Http404):
        error = NotFound()
    if isinstance(error, PermissionDenied):
        error = NotAllowed()
    if isinstance(error, CommonsError):
        return _answer(error.status, error.code, str(error.message), **_extras(error))
    if isinstance(error, exceptions.APIException):
        return _from_drf(error)
    return None


def _extras(error: CommonsError) -> dict[str, Any]:
    if isinstance(error, Invalid):
        return {"errors": [{"field": f, "detail": str(m)} for f, messages in error.fields.items() for m in messages]}
    if isinstance(error, Conflict) and error.theirs:
        return {"theirs": error.theirs, "revision": error.revision}
    return {}


def _from_drf(error: exceptions.APIException) -> Response:
    extras: dict[str, Any] = {}
    detail = str(error.detail) if isinstance(error.detail, str) else _("La demande est mal formée.")
    codes = error.get_codes()
    code = codes if isinstance(codes, str) else error.default_code
    if isinstance(error, exceptions.ValidationError):
        extras["errors"] = list(_flat(error.detail))
    response = _answer(error.status_code, code, detail, **extras)
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait := getattr(error, "wait", None):
        response["Retry-After"] = str(int(wait) + 1)
    return response


def _flat(detail: Any, path: str = "") -> Any:
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from _flat(value, f"{path}.{key}".strip("."))
    elif isinstance(detail, list):
        for index, value in enumerate(detail):
            is_leaf = isinstance(value, str)
            yield from _flat(value, path if is_leaf else f"{path}.{index}".strip("."))
    else:
        yield {"field": path, "detail": str(detail)}


def _answer(status: int, code: str, detail: str, **extras: Any) -> Response:
    body = {"type": "about:blank", "title": detail, "status": status, "code": code, "detail": detail, **extras}
    return Response(body, status=status, content_type=PROBLEM)


class ReadOrSignedIn(BasePermission):
    """Anybody may read; writing needs a session, or a token whose scope says so."""

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002 - the framework's signature
        """Let reads through; a read-only token cannot write."""
        if request.method in SAFE_METHODS:
            return True
        if not request.user.is_authenticated:
            return False
        if getattr(request.auth, "scope", "write") != "write":
            raise NotAllowed(gettext_lazy("Cette clé d’accès ne permet que de lire."), code="read_only_token")
        return True


class WriteThrottle(UserRateThrottle):
    """The rate of writes, per person, or per address for visitors."""

    scope = "write"

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count writes only."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)


class ReadThrottle(UserRateThrottle):
    """The rate of reads, per person, or per address for visitors."""

    scope = "read"

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count reads only."""
        return request.method not in SAFE_METHODS or super().allow_request(request, view)


class NewestFirst(CursorPagination):
    """Pages by cursor, newest first: `{"results", "next", "previous"}`, `limit` from 1 to 100."""

    ordering: Any = ("-created_at", "-id")
    page_size = 20
    page_size_query_param = "limit"
    max_page_size = 100
