"""`python -m bench.room`: a raised hand and an answer to a poll, to the last of two hundred people in a room.

Server and clients share the machine, so the clients' own work is in every figure.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import websockets

from bench.server import NO_THROTTLE, ROOT, environment_for, served

RESULTS = Path(__file__).parent / "results" / "room.json"
SOCKETS, ROUNDS, PEOPLE = 200, 20, 20
OPENING = """
import datetime, json, django
django.setup()
from django.utils import timezone
from commons.people.actions import create_token
from commons.people.models import User
from events.actions import create_series, open_poll, open_room
from events.recurrence import wall_clock
people = [User.objects.create_user(f"p{n}@maison.example", public_name=f"Personne {n}") for n in range(20)]
start = wall_clock(timezone.now(), "Europe/Paris").replace(microsecond=0).isoformat()
values = {"title": "Mesure", "start": start, "duration_minutes": 90, "template": "debate", "needs_confirmation": False}
occurrence = create_series(by=people[0], values=values).occurrences.select_related("series").get()
open_room(by=people[0], occurrence=occurrence)
poll = open_poll(by=people[0], occurrence=occurrence, question="Quel jour ?", options=["Mardi", "Jeudi"])
keys = [create_token(by=person, name="mesure", scope="write")[1] for person in people]
print(json.dumps({"occurrence": occurrence.pk, "poll": poll.pk, "keys": keys}))
"""


class Audience:
    """People in a room, each noting when they heard of a kind of change."""

    def __init__(self, wires: list[Any]) -> None:
        self.wires = wires
        self.heard: list[float] = []
        self.awaited = ""
        self.everybody = asyncio.Event()
        self.tasks = [asyncio.create_task(self._listen(wire)) for wire in wires]

    async def _listen(self, wire: Any) -> None:
        async for frame in wire:
            if self.awaited and f'"type":"{self.awaited}"' in frame:
                self.heard.append(time.perf_counter())
                if len(self.heard) == len(self.wires):
                    self.everybody.set()

    async def round(self, kind: str, act: Callable[[], None]) -> float:
        """Return the milliseconds from an act to the last who heard of it; fail if somebody never does."""
        self.heard.clear()
        self.everybody.clear()
        self.awaited = kind
        started = time.perf_counter()
        await asyncio.to_thread(act)
        async with asyncio.timeout(30):
            await self.everybody.wait()
        return (self.heard[-1] - started) * 1000


def main() -> None:
    """Run everything once; about half a minute."""
    parser = argparse.ArgumentParser(prog="python -m bench.room", description=main.__doc__)
    parser.add_argument("--sockets", type=int, default=SOCKETS)
    options = parser.parse_args()
    os.environ["THROTTLE_WRITE"], os.environ["SOCKETS_PER_PERSON"] = NO_THROTTLE, str(options.sockets)
    with tempfile.TemporaryDirectory(prefix="commons-bench-") as name:
        folder = Path(name)
        with served(folder) as port:
            rows = asyncio.run(_measured(port, json.loads(_python(folder, OPENING)), options.sockets))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    for row in rows:
        print(json.dumps(row))  # noqa: T201 - a command prints


async def _measured(port: int, opened: dict[str, Any], sockets: int) -> list[dict[str, Any]]:
    audience = Audience(await _wires(port, opened, sockets))
    base = f"http://127.0.0.1:{port}/api/v1/occurrences/{opened['occurrence']}/"
    raised, answered = [], []
    for number in range(ROUNDS):
        key, answer = opened["keys"][number % PEOPLE], {"option": number % 2}
        raising = partial(_call, "POST", f"{base}queue/", key, {})
        raised.append(await audience.round("queue.raised", raising))
        answering = partial(_call, "PUT", f"{base}polls/{opened['poll']}/answer/", key, answer)
        answered.append(await audience.round("poll.answered", answering))
    for task in audience.tasks:
        task.cancel()
    await asyncio.gather(*(wire.close() for wire in audience.wires))
    return [_row("hand_to_last", sockets, raised), _row("answer_to_last", sockets, answered)]


async def _wires(port: int, opened: dict[str, Any], sockets: int) -> list[Any]:
    address = f"ws://127.0.0.1:{port}/ws/occurrences/{opened['occurrence']}/"
    wires: list[Any] = []
    for start in range(0, sockets, PEOPLE):
        keys = opened["keys"][: min(PEOPLE, sockets - start)]
        wires += await asyncio.gather(
            *(
                websockets.connect(
                    address,
                    open_timeout=60,
                    ping_interval=None,
                    compression=None,
                    additional_headers={"Authorization": f"Bearer {key}"},
                )
                for key in keys
            )
        )
    return wires


def _call(method: str, address: str, key: str, body: dict[str, Any]) -> None:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    request = urllib.request.Request(address, json.dumps(body).encode(), headers, method=method)  # noqa: S310 - our own loopback address
    urllib.request.urlopen(request, timeout=30).close()  # noqa: S310 - same


def _row(name: str, sockets: int, times: list[float]) -> dict[str, Any]:
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    measured = {"p50_ms": round(cuts[9], 1), "p95_ms": round(cuts[18], 1)}
    return {"name": name, "sockets": sockets, "rounds": len(times), **measured}


def _python(folder: Path, program: str) -> str:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, env=environment_for(folder, 0), check=True, capture_output=True, text=True)  # noqa: S603 - our own program
    return done.stdout


if __name__ == "__main__":
    main()
