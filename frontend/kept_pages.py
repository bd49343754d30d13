"""Keeps the pages that every visitor is shown alike, until something that they show is written (docs/adr/0023).

A kept page bears a generation: a word in the cache that changes when a table is written. Whoever writes, by an action,
in bulk, from a command or a worker, goes through the database connection, so that is where writes are seen.
"""

import functools
import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.db import connection as default_connection
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page

from commons.rows import BETWEEN

GENERATIONS = {
    "practices": "sheets",
    "people": "sheets",
    "vocabularies": "sheets",
    "forum": "threads",
    "events": "workshops",
}
"""Which generation a write to a table of an app ends."""
BIRTHS: dict[str, set[str]] = {
    "forum_birth": set(),
    "forum_thread": {"last_seq", "post_count", "last_post_at", "answer_id"},
}
"""What ends `births` too, where a sheet says which thread it was born from: columns that a post changes do not."""
QUIET: dict[str, set[str]] = {
    "people_user": {"last_login", "calendar_generation"},
    "practices_sheet": {"content", "revision", "stamps", "updated_at"},
}
"""Columns that no visitor is shown: signing in and autosave change nothing else."""
UNSEEN = {"forum_follow", "forum_draft", "forum_event", "people_apitoken"}
"""Tables that no visitor is shown anything of."""
SLOTS = 1024
"""How many pages are kept at most: an address chosen to fill the memory takes the place of another."""
WRITE = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(([a-z]+)_\w+)"(?: SET (.*?) WHERE )?', re.DOTALL)
COLUMN = re.compile(r'"(\w+)" = ')

View = Callable[..., HttpResponseBase]
Version = Callable[..., Any]


@dataclass(frozen=True)
class _Ended:
    """A generation that ends when the transaction is kept."""

    name: str

    def __post_init__(self) -> None:
        """Bear a name as functions do: Django logs it when the cache is away, and the write is kept all the same."""
        object.__setattr__(self, "__qualname__", f"_Ended({self.name!r})")

    def __call__(self) -> None:
        caches["pages"].set(self.name, uuid4().hex, None)


def watch(connection: Any, **_signal: Any) -> None:
    """See the writes of a connection that opens; connected to `connection_created`."""
    if _seen not in connection.execute_wrappers:
        connection.execute_wrappers.append(_seen)


def _seen(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 - Django's signature
    result = execute(sql, params, many, context)
    if ended := {name for statement in str(sql).split(BETWEEN) for name in generations_ended_by(statement)}:
        connection = context["connection"]
        for name in ended - _ending(connection):
            transaction.on_commit(_Ended(name), using=connection.alias, robust=True)
    return result


def generations_ended_by(sql: str) -> set[str]:
    """Return the generations that a statement ends; none when it writes nothing that visitors are shown."""
    written = WRITE.match(sql)
    if written is None:
        return set()
    table, app, assigned = written.groups()
    columns = set(COLUMN.findall(assigned or ""))
    if app not in GENERATIONS or table in UNSEEN or (columns and columns <= QUIET.get(table, set())):
        return set()
    has_births = table in BIRTHS and not (columns and columns <= BIRTHS[table])
    return {GENERATIONS[app], "births"} if has_births else {GENERATIONS[app]}


def _ending(connection: Any) -> set[str]:
    """Return the generations that end when what the connection has written is kept; a rollback forgets them."""
    held = set(connection.savepoint_ids)
    return {f.name for ids, f, _robust in connection.run_on_commit if isinstance(f, _Ended) and ids <= held}


def kept_for_visitors(*names: str, version: Version | None = None) -> Callable[[View], View]:
    """Keep a page by its address and language, as long as these generations last.

    `version` takes what the view takes, and returns what else the page changes with: one small query, `None` where
    there is nothing to see. A member, or whoever has a message to read, is never given a kept page, nor is a part of
    a page that a script asks for; what holds a token or a nonce is not kept. What changes by the clock alone, such as
    a poll that ends, may show `PAGES_KEPT_SECONDS` late.
    """

    def decorate(view: View) -> View:
        drawn = gzip_page(view)

        @functools.wraps(view)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not _is_any_visitor(request) or _ending(default_connection):
                return drawn(request, *args, **kwargs)
            facts = version(request, *args, **kwargs) if version else ""
            if facts is None:
                return drawn(request, *args, **kwargs)
            place = _look_up(request, names, facts)
            unchanged = get_conditional_response(request, etag=f'W/"{place.mark}"')
            if unchanged is not None:
                unchanged.headers["ETag"] = f'W/"{place.mark}"'
                return unchanged
            if place.held:
                return _answer(request, place.mark, *place.held)
            return _keep(request, place, view(request, *args, **kwargs))

        return kept

    return decorate


def _is_any_visitor(request: HttpRequest) -> bool:
    return (
        settings.PAGES_KEPT_SECONDS > 0
        and request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "HX-Request" not in request.headers
    )


@dataclass(frozen=True)
class _Place:
    """Where a page is kept, under which mark, and what is held there of that mark: its body and headers."""

    slot: str
    mark: str
    held: tuple[bytes, dict[str, str]] | None


def _look_up(request: HttpRequest, names: tuple[str, ...], facts: Any) -> _Place:
    """Ask the cache once: for the generations, and for what is held of this address, language and dress.

    Its mark says all that it changes with; what is held under another mark is of before.
    """
    dress = getattr(staticfiles_storage, "manifest_hash", "")
    asked = _digest(request.get_host(), request.get_full_path(), get_language(), dress)
    slot = f"page:{int(asked, 16) % SLOTS}"
    found = caches["pages"].get_many([*names, slot])
    for name in names:
        if name not in found:
            found[name] = caches["pages"].get_or_set(name, lambda: uuid4().hex, None)
    mark = _digest(asked, facts, [found[name] for name in names])
    kept_mark, *held = found.get(slot, ("",))
    return _Place(slot, mark, (held[0], held[1]) if kept_mark == mark else None)


def _digest(*values: Any) -> str:
    return hashlib.sha256(repr(values).encode()).hexdigest()[:32]


def _keep(request: HttpRequest, place: _Place, response: HttpResponseBase) -> HttpResponseBase:
    """Keep what every visitor may be given."""
    if not isinstance(response, HttpResponse) or response.status_code != 200 or _is_personal(request, response):  # noqa: PLR2004 - a page
        return response
    held = (gzip.compress(response.content, 6), dict(response.headers))
    caches["pages"].set(place.slot, (place.mark, *held), settings.PAGES_KEPT_SECONDS)
    return _answer(request, place.mark, *held)


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    has_nonce = bool(getattr(request, "csp_nonce", False))
    return bool(response.cookies) or has_nonce or "CSRF_COOKIE_NEEDS_UPDATE" in request.META


def _answer(request: HttpRequest, mark: str, body: bytes, headers: dict[str, str]) -> HttpResponse:
    response = HttpResponse(headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = body
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.content = gzip.decompress(body)
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    response.headers["ETag"] = f'W/"{mark}"'
    patch_cache_control(response, max_age=0, must_revalidate=True)
    return response
