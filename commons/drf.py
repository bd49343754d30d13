"""What every API resource shares: errors in one shape (RFC 9457), scopes, rates, pages by cursor."""

import datetime
import functools
import hashlib
import json
import math
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import inline_serializer
from rest_framework import exceptions, serializers, status
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.parsers import JSONParser
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle

from commons.errors import CommonsError, Conflict, Invalid, NotAllowed, NotFound

PROBLEM = "application/problem+json"
KEEP_ANSWERS_SECONDS = 24 * 3600
BELOW = "/api/"
RESOURCES = "/api/v1/"
Door = Callable[..., Response]


class TooBig(CommonsError):
    """The body is larger than any resource takes."""

    status = 413
    default_code = "too_big"
    default_message = gettext_lazy("Cette demande est trop lourde.")


class Malformed(CommonsError):
    """The request cannot be read."""

    default_code = "malformed"
    default_message = gettext_lazy("La demande est mal formée.")


class Broken(CommonsError):
    """Something failed on our side, or below our views."""

    status = 500
    default_code = "server_error"
    default_message = gettext_lazy("Une erreur est survenue de notre côté.")


class ApiManners:
    """The middleware of every address below the API.

    It answers in the language asked for (`LocaleMiddleware` keeps addresses without a language in French), refuses
    what no database can hold, turns an error that is no problem document yet into one, and lets a reader ask whether
    an answer has changed (304). No shared cache keeps an answer, which depends on who asks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Leave pages untouched."""
        if not request.path_info.startswith(BELOW):
            return self.get_response(request)
        translation.activate(translation.get_language_from_request(request))
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return problem(Malformed())
        response = self.get_response(request)
        if _is_a_page(response) and not settings.DEBUG:
            return problem(Broken() if status.is_server_error(response.status_code) else Malformed())
        return _mannered(request, response)


def _is_a_page(response: HttpResponseBase) -> bool:
    """Tell whether another layer refused with a page: a failure, a body that cannot be read, an unknown host."""
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return response.status_code >= status.HTTP_400_BAD_REQUEST and is_html


def _mannered(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if not isinstance(response, HttpResponse) or not request.path_info.startswith(RESOURCES):
        return response
    patch_vary_headers(response, ("Accept", "Accept-Language", "Authorization", "Cookie"))
    response.headers.setdefault("Cache-Control", "private, no-cache")
    if request.method not in ("GET", "HEAD") or response.status_code != status.HTTP_200_OK:
        return response
    if not response.has_header("ETag"):
        set_response_etag(response)
    if "If-None-Match" not in request.headers:
        return response
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def problem(error: CommonsError) -> HttpResponse:
    """Answer a refusal outside of the framework's views, in the same shape."""
    body = _document(error.status, error.code, str(error.message))
    return JsonResponse(body, status=error.status, content_type=PROBLEM)


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:  # noqa: ARG001 - DRF's signature
    """Translate a refusal into a problem document; anything else stays a server error."""
    if isinstance(error, Http404):
        error = NotFound()
    if isinstance(error, PermissionDenied):
        error = NotAllowed()
    if isinstance(error, RequestDataTooBig):
        error = TooBig()
    if isinstance(error, CommonsError):
        return _answer(error.status, error.code, str(error.message), **_extras(error))
    if isinstance(error, exceptions.APIException):
        return _from_drf(error)
    return None


class PlainJSONParser(JSONParser):
    """JSON that can be kept: not nested beyond reason, no half of a character."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Refuse what cannot be read, or could not be written again."""
        try:
            data = super().parse(stream, media_type, parser_context)
            json.dumps(data, ensure_ascii=False).encode()
        except (RecursionError, UnicodeEncodeError) as error:
            raise exceptions.ParseError from error
        return data


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
        slot = "idempotency:" + digest([request.user.pk, request.path, key])
        asked = digest(request.data)
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


def digest(value: Any) -> str:
    """Return the digest of a body, the same for the same values and files."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=_plain).encode()).hexdigest()


def _plain(value: Any) -> str:
    """Return what JSON has no word for as text: of a file, what it holds rather than its name."""
    if not isinstance(value, UploadedFile):
        return str(value)
    held = hashlib.sha256()
    for chunk in value.chunks():
        held.update(chunk)
    value.seek(0)
    return held.hexdigest()


def _answer_again(kept: Any, asked: str) -> Response:
    if kept is None or kept[1] is None:
        raise Conflict(_("La première demande est encore en cours."), code="in_progress")
    if kept[0] != asked:
        message = _("Cette clé d’idempotence a déjà servi pour une autre demande.")
        raise Invalid({"Idempotency-Key": [message]}, code="idempotency_key_reused")
    data, number = kept[1]
    return Response(data, status=number)


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


def _answer(number: int, code: str, detail: str, **extras: Any) -> Response:
    return Response(_document(number, code, detail) | extras, status=number, content_type=PROBLEM)


def _document(number: int, code: str, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": detail, "status": number, "code": code, "detail": detail}


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


class SaidThrottle(UserRateThrottle):
    """A rate that each answer states, in the fields of the IETF's draft on rate limits."""

    num_requests: int
    duration: int

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request, and say what is left until when."""
        is_allowed = super().allow_request(request, view)
        if self.rate is not None:
            left = max(self.num_requests - len(self.history), 0)
            until = math.ceil(self.history[-1] + self.duration - self.now) if self.history else self.duration
            view.headers["RateLimit-Policy"] = f'"{self.scope}";q={self.num_requests};w={self.duration}'
            view.headers["RateLimit"] = f'"{self.scope}";r={left};t={max(until, 0)}'
        return is_allowed


class WriteThrottle(SaidThrottle):
    """The rate of writes, per person, or per address for visitors."""

    scope = "write"

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count writes only."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)


class ReadThrottle(SaidThrottle):
    """The rate of reads, per person, or per address for visitors."""

    scope = "read"

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count reads only."""
        return request.method not in SAFE_METHODS or super().allow_request(request, view)


def instant_of(text: str) -> datetime.datetime | None:
    """Return the instant a text tells, in UTC; `None` when it tells none. Without a zone it is our own time."""
    try:
        moment = datetime.datetime.fromisoformat(text)
        return (moment if moment.tzinfo else timezone.make_aware(moment)).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None


class NewestFirst(CursorPagination):
    """Pages by cursor, newest first: `{"results", "next", "previous"}`, `limit` from 1 to 100."""

    ordering: Any = ("-created_at", "-id")
    page_size = 20
    page_size_query_param = "limit"
    max_page_size = 100

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Refuse a cursor that is none of ours: its position goes into a query."""
        cursor: Cursor | None = super().decode_cursor(request)
        if cursor and cursor.position is not None and not self.is_position(str(cursor.position)):
            raise exceptions.NotFound(self.invalid_cursor_message)
        return cursor

    def is_position(self, position: str) -> bool:
        """Tell whether a text is a date and time with its zone, as the order is by time."""
        return instant_of(position) is not None
