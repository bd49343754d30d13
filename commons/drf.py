"""What every API resource shares: errors in one shape (RFC 9457), scopes, rates, pages by cursor."""

import functools
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import inline_serializer
from rest_framework import exceptions, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle

from commons.errors import CommonsError, Conflict, Invalid, NotAllowed, NotFound

PROBLEM = "application/problem+json"
KEEP_ANSWERS_SECONDS = 24 * 3600
Door = Callable[..., Response]


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


def body_of(request: Request) -> dict[str, Any]:
    """Return the request's body as a mapping; refuse any other JSON."""
    if not isinstance(request.data, Mapping):
        raise Invalid({"": [_("Un objet JSON est attendu.")]})
    return dict(request.data)


def shaped(request: Request, shape: serializers.Serializer[Any]) -> dict[str, Any]:
    """Return the body as a serializer shapes it; names it does not take are refused, not ignored."""
    writable = {name for name, field in shape.fields.items() if not field.read_only}
    if unknown := [str(name) for name in body_of(request) if name not in writable]:
        raise Invalid({name: [_("Ce champ est inconnu.")] for name in unknown})
    shape.is_valid(raise_exception=True)
    return dict(shape.validated_data)


def page_of(row: type[serializers.Serializer[Any]] | serializers.Serializer[Any]) -> serializers.Serializer[Any]:
    """Describe a page of rows to OpenAPI: `{"results", "next", "previous"}`."""
    kind = row if isinstance(row, type) else type(row)
    link = serializers.URLField(allow_null=True)
    fields = {"results": kind(many=True), "next": link, "previous": serializers.URLField(allow_null=True)}
    return inline_serializer(f"{kind.__name__.removesuffix('Serializer')}Page", fields)


def idempotent(door: Door) -> Door:
    """Make a POST safe to send again: the same `Idempotency-Key` and body get the first answer, for a day.

    Another body under the same key is `Invalid`; a repeat while the first is still under way is a `Conflict`.
    """

    @functools.wraps(door)
    def once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return door(view, request, *args, **kwargs)
        slot = "idempotency:" + _digest([request.user.pk, request.path, key])
        asked = _digest(request.data)
        if not cache.add(slot, (asked, None), KEEP_ANSWERS_SECONDS):
            return _answer_again(cache.get(slot), asked)
        answer = None
        try:
            answer = door(view, request, *args, **kwargs)
        finally:
            if answer is None:
                cache.delete(slot)
        cache.set(slot, (asked, (answer.data, answer.status_code)), KEEP_ANSWERS_SECONDS)
        return answer

    return once


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def _answer_again(kept: Any, asked: str) -> Response:
    if kept is None or kept[1] is None:
        raise Conflict(_("La première demande est encore en cours."), code="in_progress")
    if kept[0] != asked:
        message = _("Cette clé d’idempotence a déjà servi pour une autre demande.")
        raise Invalid({"Idempotency-Key": [message]}, code="idempotency_key_reused")
    data, status = kept[1]
    return Response(data, status=status)


def _extras(error: CommonsError) -> dict[str, Any]:
    if isinstance(error, Invalid):
        return {"errors": [{"field": f, "detail": str(m)} for f, messages in error.fields.items() for m in messages]}
    theirs = getattr(error, "theirs", None)
    return {"theirs": theirs, "revision": error.revision} if theirs else {}  # type: ignore[attr-defined]


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


PROBLEM_SCHEMA = {
    "type": "object",
    "description": "A refusal (RFC 9457), in the language asked for.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}


def describe_problems(result: dict[str, Any], **_generator: Any) -> dict[str, Any]:
    """Tell OpenAPI that every operation may be refused, always in the same shape."""
    result["components"]["schemas"]["Problem"] = PROBLEM_SCHEMA
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in result["paths"].values():
        for operation in path.values():
            operation["responses"]["4XX"] = {"description": "Refused", "content": content}
    return result


class WithinScope(BasePermission):
    """A read-only token cannot write; a session may."""

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002 - the framework's signature
        """Let through what the token allows."""
        if request.method not in SAFE_METHODS and getattr(request.auth, "scope", "write") != "write":
            raise NotAllowed(_("Cette clé d’accès ne permet que de lire."), code="read_only_token")
        return True


MEMBERS_ONLY = (IsAuthenticated, WithinScope)


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
