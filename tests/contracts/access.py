"""Owns asking every address as every role: the rows of `access.txt`, what they expect, what the site answers."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from rest_framework.test import APIClient

from commons.people.models import User
from tests.contracts.access_world import ROLES
from tests.factories.api import client_of
from tests.factories.pages import signed_in

TABLE = Path(__file__).parent / "access.txt"
LOGIN = "/compte/login/"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_ARGUMENT = re.compile(r"(\w+)=(\S+)")


@dataclass(frozen=True)
class Row:
    """One address, what is asked of it, and the expected answer for each role."""

    name: str
    method: str
    arguments: str
    body: str
    expected: tuple[str, ...]

    def __str__(self) -> str:
        """Write the row as it stands in the table."""
        return f"{self.name} | {self.method} | {self.arguments} | {self.body} | {' '.join(self.expected)}"


def read_rows(text: str | None = None) -> list[Row]:
    """Return the rows of the table, less its comments."""
    lines = (TABLE.read_text(encoding="utf-8") if text is None else text).splitlines()
    parts = [[part.strip() for part in line.split("|")] for line in lines if line.strip() and not line.startswith("#")]
    return [Row(name, method, given, body, tuple(told.split())) for name, method, given, body, told in parts]


def routes() -> set[tuple[str, str]]:
    """Return every address by name, with each method of the API; a page's row may ask by any method.

    An address without a name goes by its pattern.
    """
    return set(_routes(get_resolver()))


def covered(rows: list[Row]) -> set[tuple[str, str]]:
    """Return which of the routes the rows ask."""
    asked = {(row.name, row.method) for row in rows} | {(row.name, "") for row in rows}
    return asked & routes()


def _routes(resolver: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from _routes(found, prefix + str(found.pattern))
        elif isinstance(found, URLPattern):
            name = found.name or prefix + str(found.pattern)
            view = getattr(found.callback, "cls", None)
            yield from ((name, method) for method in _methods(view))


def _methods(view: Any) -> list[str]:
    return [method for method in METHODS if hasattr(view, method.lower())] if view else [""]


def answers(row: Row, clients: Mapping[str, tuple[Client, APIClient]], world: Mapping[str, str]) -> tuple[str, ...]:
    """Ask as each role; what an answer changes is taken back before the next one asks.

    `SCRIPT` posts as a page's script does, where a form's answer would lead back to the page whatever became of it.
    """
    cache.clear()  # no rate of the row before is this one's answer
    given = {name: _filled(value, world) for name, value in _ARGUMENT.findall(row.arguments)}
    path = reverse(row.name, kwargs=given) if "/" not in row.name else f"/{row.name}"
    body = json.loads(_filled(row.body, world)) if row.body else {}
    return tuple(_answer(row.method, path, body, clients[role]) for role in ROLES)


def _filled(text: str, world: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: world[found[1]], text)


def _answer(method: str, path: str, body: dict[str, Any], clients: tuple[Client, APIClient]) -> str:
    pages, api = clients
    with transaction.atomic():
        if path.startswith("/api/"):
            response = getattr(api, method.lower())(path, body or None, format="json" if method != "GET" else None)
        else:
            script = {"HTTP_HX_REQUEST": "true"} if method == "SCRIPT" else {}
            response = getattr(pages, "post" if script else method.lower())(path, body, **script)
        if response.streaming:
            b"".join(response.streaming_content)  # read to the end, a file is closed
        transaction.set_rollback(True)
    is_login = response.status_code == 302 and response.url.startswith(LOGIN)
    return "login" if is_login else str(response.status_code)


def clients_of(who: Mapping[str, User | None]) -> dict[str, tuple[Client, APIClient]]:
    """Return each role's browser and API client."""
    return {role: (signed_in(user) if user else Client(), client_of(user)) for role, user in who.items()}
