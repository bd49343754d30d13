"""Owns what is asked: each page and each list of the API, by whom, and the floor that it stands beside."""

import itertools
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.client import asking, fetch
from bench.server import environment_for, run

JSON, ROWS, HELLO = "bare_json", "twenty_rows", "asgi_hello"
FLOORS = {JSON: "/bench/json/", ROWS: "/bench/rows/", HELLO: "/"}
WARM, COLD = "warm", "cold"
SIGN_IN = """
import django
django.setup()
from django.test import Client
from commons.people.models import User
client = Client()
client.force_login(User.objects.get(email="personne-1@semis.example"))
print(client.cookies["sessionid"].value)
"""
WORDS = "captation%20sous-titres"


@dataclass(frozen=True)
class Target:
    """One row of the table: `name` is what is asked and by whom; the server that is `COLD` keeps no page."""

    name: str
    request: bytes
    floor: str
    server: str = WARM


async def targets_on(port: int, folder: Path, more: Mapping[str, str]) -> list[Target]:
    """Return every target, with the addresses of a sheet and of a thread that the server shows."""
    sheet = await _first(port, "/fiches/", r'href="(/fiches/[0-9A-Z]{26}/[^"/]+/)"')
    thread = await _first(port, "/discussions/", r'href="(/discussions/[0-9A-Z]{26}/[^"/?]+/)"')
    api = "/api/v1/sheets/"
    pages = {
        "home": "/",
        "catalogue": "/fiches/",
        "catalogue filtered": "/fiches/?kind=practice&modality=hybrid&modality=online",
        "sheet": sheet,
        "threads": "/discussions/",
        "thread": thread,
    }
    cookie = {"Cookie": f"sessionid={run([sys.executable, '-c', SIGN_IN], environment_for(folder, 0, more)).strip()}"}
    found = [Target(f"{name}, visitor warm", asking(path), JSON) for name, path in pages.items()]
    found += [Target(f"{name}, visitor cold", asking(path), ROWS, COLD) for name, path in pages.items()]
    found += [Target(f"{name}, signed in", asking(path, cookie), ROWS) for name, path in pages.items()]
    found.append(Target("sheet, unchanged", asking(sheet, {"If-None-Match": await _etag(port, sheet)}), JSON))
    found.append(Target("search page", asking(f"/recherche/?q={WORDS}"), ROWS))
    lists = {"sheets": api, "sheet": f"{api}{sheet.split('/')[2]}/", "threads": "/api/v1/threads/"}
    lists |= {"posts": f"/api/v1/threads/{thread.split('/')[2]}/posts/", "search": f"/api/v1/search/?q={WORDS}"}
    return found + [Target(f"API {name}", asking(path), JSON) for name, path in lists.items()]


async def _first(port: int, path: str, pattern: str) -> str:
    page = (await fetch(port, asking(path, {"Accept-Encoding": "identity"}))).decode()
    found = re.search(pattern, page)
    if found is None:
        message = f"{path} shows nothing to follow"
        raise RuntimeError(message)
    return found[1]


async def _etag(port: int, path: str) -> str:
    head = (await fetch(port, asking(path))).partition(b"\r\n\r\n")[0].decode("latin-1")
    found = re.search(r"(?im)^etag: *(.+?)\r?$", head)
    return found[1] if found else '"none"'


OPENING = """
import json, django
django.setup()
from commons.people.actions import create_token
from commons.people.models import User
from forum.models import Thread
people = User.objects.filter(email__endswith="@semis.example").order_by("pk")[:480]
keys = [create_token(by=person, name="mesure", scope="write")[1] for person in people]
threads = [pk for pk in Thread.objects.filter(audience="public").order_by("pk").values_list("pk", flat=True)[:16]]
print(json.dumps({"keys": keys, "threads": threads}))
"""


def writers(folder: Path, more: Mapping[str, str]) -> dict[str, list[bytes]]:
    """Return the writes: posts in sixteen threads, posts in one, and the floor's bare insert.

    Each of sixteen connections posts for thirty people in turn, so that none of them comes near the limits of a
    minute: what counts them is measured as it is, with the few rows that one person has.
    """
    opened = json.loads(run([sys.executable, "-c", OPENING], environment_for(folder, 0, more)))
    body = json.dumps({"body": "Nous avons **essayé**, et cela tient."}).encode()

    def posting(keys: list[str], threads: list[str]) -> list[bytes]:
        return [
            asking(f"/api/v1/threads/{thread}/posts/", {"Authorization": f"Bearer {key}"}, body)
            for key, thread in zip(keys, itertools.cycle(threads))
        ]

    keys, threads = opened["keys"], opened["threads"]
    return {
        "bare_insert": [asking("/bench/insert/", body=body)],
        "post, 16 threads": posting(keys, threads),
        "post, one thread": posting(keys, threads[:1]),
    }
