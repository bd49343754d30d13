"""`python -m bench.live`: a post to many sockets beside a bare broadcast; sixteen writers beside bare inserts.

Server and clients share the machine, so the clients' own work is in every figure, and in the floor's too. What is
measured and its floor take turns, round by round: what else the machine does meanwhile weighs on both.
"""

import argparse
import asyncio
import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import websockets

from bench import report
from bench.client import Tally, asking, measure
from bench.server import NO_THROTTLE, NOWHERE, environment_for, free_port, pages, served
from bench.server import manage as _manage
from bench.server import run as _run
from tests.services import postgres, redis_server

RESULTS = Path(__file__).parent / "results" / "live.json"
SIZES = (100, 500, 1000)
ROUNDS, WARM_UP = 40, 3
WRITERS, TURNS, TURN_SECONDS = 16, 6, 1.0
OPENING = """
import json, django
django.setup()
from commons.people.actions import create_token
from commons.people.models import User
from forum.actions import add_thread
people = [User.objects.create_user(f"p{n}@maison.example", public_name=f"Personne {n}") for n in range(16)]
keys = [create_token(by=person, name="mesure", scope="write")[1] for person in people]
print(json.dumps({"thread": add_thread(by=people[0], title="Mesure", body="Premier").pk, "keys": keys}))
"""
BARE = """
import asyncio, sys
from websockets.asyncio.server import broadcast, serve
async def main():
    everybody = set()
    async def take(wire):
        everybody.add(wire)
        async for frame in wire:
            broadcast(everybody, frame)
    async with serve(take, "127.0.0.1", int(sys.argv[1]), compression=None, ping_interval=None):
        await asyncio.get_running_loop().create_future()
asyncio.run(main())
"""


class Crowd:
    """Many sockets that note when each of them heard the frame of a round."""

    def __init__(self, wires: list[Any]) -> None:
        self.wires = wires
        self.heard: list[float] = []
        self.everybody = asyncio.Event()
        self.tasks = [asyncio.create_task(self._listen(wire)) for wire in wires]

    async def _listen(self, wire: Any) -> None:
        async for frame in wire:
            if '"post.added"' in frame:
                self.heard.append(time.perf_counter())
                if len(self.heard) == len(self.wires):
                    self.everybody.set()

    async def round(self, say: Any) -> tuple[float, float]:
        """Return the milliseconds from the words to the last ear, and from the first ear to the last."""
        self.heard.clear()
        self.everybody.clear()
        started = time.perf_counter()
        await say()
        async with asyncio.timeout(30):
            await self.everybody.wait()
        return (self.heard[-1] - started) * 1000, (self.heard[-1] - self.heard[0]) * 1000


DRIVER = """
import sys, threading, time, django
django.setup()
from django.db import connection
from uuid import uuid4
insert = "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, CURRENT_TIMESTAMP)"
counts, until = [], time.perf_counter() + float(sys.argv[1])
def write():
    connection.ensure_connection()
    cursor, count = connection.connection.cursor(), 0
    words = insert.replace("%s", "?") if connection.vendor == "sqlite" else insert
    while time.perf_counter() < until:
        cursor.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
        cursor.execute(words, (uuid4().hex, "x" * 200))
        cursor.execute("COMMIT")
        count += 1
    counts.append(count)
    connection.close()
threads = [threading.Thread(target=write) for _n in range(16)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(sum(counts) / float(sys.argv[1]))
"""


def main() -> None:
    """Run everything once; about four minutes."""
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=main.__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--turns", type=int, default=TURNS)
    options = parser.parse_args()
    os.environ["POSTS_PER_MINUTE"] = "1000000000"
    os.environ["THROTTLE_WRITE"], os.environ["DATABASE_POOL"] = NO_THROTTLE, str(2 * WRITERS)
    with tempfile.TemporaryDirectory(prefix="commons-bench-") as name:
        rows = _embedded(Path(name), options.sizes, options.turns)
    with (
        tempfile.TemporaryDirectory(prefix="commons-bench-") as name,
        postgres(is_lasting=True) as database,
        redis_server() as redis,
    ):
        own = urlunsplit(urlsplit(database)._replace(path="/postgres"))  # the database that every new server has
        rows.append(_on_postgres(Path(name), {"DATABASE_URL": own, "REDIS_URL": redis}, options.turns))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    for row in rows:
        print(json.dumps(row))  # noqa: T201 - a command prints
    report.keep([one for row in rows for one in _as_rows(row)], beside=True)


def _as_rows(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the figures as rows of the one table: a site without sheets (size 0), rates beside the floor's."""
    if row["name"] == "live":
        yield _fan_out(f"live, to {row['sockets']} sockets", "fan_out", row)
        yield _fan_out(f"bare broadcast to {row['sockets']} sockets", "bare", row)
    else:
        name, floor = f"posts accepted, {row['database']}", f"bare inserts, {row['database']}"
        for what, which in ((name, "posts"), (floor, "bare_inserts")):
            rps = row[f"{which}_per_second"]
            yield {
                "name": what, "size": 0, "connections": row["writers"], "p50_ms": row[f"{which}_p50_ms"],
                "p95_ms": row[f"{which}_p95_ms"], "rps": rps, "floor_name": floor,
                "floor_ratio": round(rps / row["bare_inserts_per_second"], 3),
            }  # fmt: skip


def _fan_out(name: str, which: str, row: dict[str, Any]) -> dict[str, Any]:
    p50, sockets = row[f"{which}_p50_ms"], row["sockets"]
    return {
        "name": name, "size": 0, "connections": sockets, "p50_ms": p50, "p95_ms": row[f"{which}_p95_ms"],
        "rps": round(sockets * 1000 / p50, 1), "floor_name": f"bare broadcast to {sockets} sockets",
        "floor_ratio": round(row["bare_p50_ms"] / p50, 3), "cpu_ms": row[f"{which}_cpu_us_per_delivery"] / 1000,
    }  # fmt: skip


def _embedded(folder: Path, sizes: list[int], turns: int) -> list[dict[str, Any]]:
    """Measure the rooms, then the writes, of one process with everything embedded."""
    with served(folder) as port:
        opened = json.loads(_python(folder, OPENING))
        pid = _listening_on(port)
        rows = [asyncio.run(_rooms(port, pid, opened, size)) for size in sizes]
        rows.append({"name": "posts_accepted", "database": "sqlite", **asyncio.run(_writes(port, opened, turns))})
    rows[-1]["driver_inserts_per_second"] = round(float(_python(folder, DRIVER, str(turns * TURN_SECONDS))), 1)
    return rows


def _on_postgres(folder: Path, more: dict[str, str], turns: int) -> dict[str, Any]:
    """Measure the writes of two processes for pages, as a house hosts it."""
    _manage(folder, "migrate", "-v0", more=more)
    _manage(folder, "collectstatic", "--no-input", "-v0", "--ignore", "redoc", "--ignore", "django_htmx", more=more)
    opened = json.loads(_python(folder, OPENING, more=more))
    with pages(folder, more) as port:
        row = {"name": "posts_accepted", "database": "postgresql", **asyncio.run(_writes(port, opened, turns))}
    driver = _python(folder, DRIVER, str(turns * TURN_SECONDS), more=more)
    return row | {"driver_inserts_per_second": round(float(driver), 1)}


async def _rooms(port: int, pid: int, opened: dict[str, Any], size: int) -> dict[str, Any]:
    """Post to a room of that many sockets and broadcast the same frame barely, by turns."""
    before = _memory(pid)
    with _bare() as (bare_port, bare_pid):
        async with _crowd(f"ws://127.0.0.1:{port}/ws/threads/{opened['thread']}/", size) as ours:
            await asyncio.sleep(1.0)
            memory = (_memory(pid) - before) / size
            async with _crowd(f"ws://127.0.0.1:{bare_port}/", size) as bare:
                frame = await _frame_of(ours, port, opened)
                said: list[Callable[[], Awaitable[object]]] = [
                    lambda: asyncio.to_thread(_post, port, opened),
                    lambda: bare.wires[0].send(frame),
                ]
                times, spent = await _by_turns([ours, bare], said, [pid, bare_pid])
    return {"name": "live", "sockets": size, "kb_per_idle_socket": round(memory, 1), **_told(times, spent, size)}


async def _by_turns(
    crowds: "list[Crowd]", said: "list[Callable[[], Awaitable[object]]]", pids: list[int]
) -> tuple[list[list[tuple[float, float]]], list[float]]:
    """Let each crowd have its round in turn; return the times of each, and the processor that each server used."""
    times: list[list[tuple[float, float]]] = [[] for _crowd in crowds]
    spent = [0.0 for _crowd in crowds]
    for number in range(WARM_UP + ROUNDS):
        for n, crowd in enumerate(crowds):
            before = _cpu(pids[n])
            taken = await crowd.round(said[n])
            if number >= WARM_UP:
                times[n].append(taken)
                spent[n] += _cpu(pids[n]) - before
    return times, spent


def _told(times: list[list[tuple[float, float]]], spent: list[float], size: int) -> dict[str, Any]:
    """Return the figures: from the post to the last socket; from the first socket to the last, beside the floor's."""
    whole = [whole for whole, _fan in times[0]]
    fans = [[fan for _whole, fan in one] for one in times]
    figures: dict[str, Any] = {"post_to_last_p50_ms": _cut(whole, 10), "post_to_last_p95_ms": _cut(whole, 19)}
    for name, fan, cpu in zip(("fan_out", "bare"), fans, spent, strict=True):
        figures |= {f"{name}_p50_ms": _cut(fan, 10), f"{name}_p95_ms": _cut(fan, 19)}
        figures[f"{name}_cpu_us_per_delivery"] = round(cpu * 1e6 / (ROUNDS * size), 1)
    for percent in (50, 95):
        ratio = figures[f"fan_out_p{percent}_ms"] / figures[f"bare_p{percent}_ms"]
        figures[f"ratio_p{percent}"] = round(ratio, 2)
    return figures


@asynccontextmanager
async def _crowd(address: str, size: int) -> AsyncIterator[Crowd]:
    wires = []
    for start in range(0, size, 20):
        some = [
            websockets.connect(address, open_timeout=60, ping_interval=None, compression=None)
            for _n in range(start, min(start + 20, size))
        ]
        wires += await asyncio.gather(*some)
    crowd = Crowd(wires)
    try:
        yield crowd
    finally:
        for task in crowd.tasks:
            task.cancel()
        await asyncio.gather(*(wire.close() for wire in wires))


async def _frame_of(crowd: Crowd, port: int, opened: dict[str, Any]) -> str:
    """Return one frame as it goes over the wire, for the floor to send."""
    for _n in range(2):
        await crowd.round(lambda: asyncio.to_thread(_post, port, opened))
    events = f"http://127.0.0.1:{port}/api/v1/threads/{opened['thread']}/events/?after=1"
    told: dict[str, Any] = json.loads(await asyncio.to_thread(_get, events))
    return json.dumps(told["events"][0], ensure_ascii=False, separators=(",", ":"))


async def _writes(port: int, opened: dict[str, Any], turns: int) -> dict[str, Any]:
    """Return how many posts a second sixteen people have accepted in one thread, beside bare inserts, by turns."""
    body, path = b'{"body": "Nous avons essaye, et cela tient."}', f"/api/v1/threads/{opened['thread']}/posts/"
    requests = {
        "posts": [asking(path, {"Authorization": f"Bearer {key}"}, body) for key in opened["keys"][:WRITERS]],
        "bare_inserts": [asking("/bench/insert/", body=body)],
    }
    tallies = {name: Tally() for name in requests}
    for turn in range(turns + 1):
        for name, asked in requests.items():
            tally = tallies[name] if turn else Tally()  # the first turn warms up
            await measure(port, asked, connections=WRITERS, seconds=TURN_SECONDS, tally=tally)
    told = {f"{name}_per_second": round(tally.rps, 1) for name, tally in tallies.items()}
    late = {f"{name}_p{part}_ms": tally.milliseconds(part) for name, tally in tallies.items() for part in (50, 95)}
    ratio = round(tallies["posts"].rps / tallies["bare_inserts"].rps, 2)
    return {"writers": WRITERS, **told, **late, "ratio": ratio}


def _post(port: int, opened: dict[str, Any]) -> None:
    address = f"http://127.0.0.1:{port}/api/v1/threads/{opened['thread']}/posts/"
    headers = {"Authorization": f"Bearer {opened['keys'][0]}", "Content-Type": "application/json"}
    request = urllib.request.Request(address, b'{"body": "Nous avons essaye, et cela tient."}', headers)
    urllib.request.urlopen(request, timeout=30).close()  # noqa: S310 - same


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own loopback address
        body: bytes = answer.read()
    return body


def _cut(values: list[float], twentieth: int) -> float:
    return round(statistics.quantiles(values, n=20, method="inclusive")[twentieth - 1], 1)


def _python(folder: Path, program: str, *words: str, more: Mapping[str, str] = NOWHERE) -> str:
    return _run([sys.executable, "-c", program, *words], environment_for(folder, 0, more))


@contextmanager
def _bare() -> Iterator[tuple[int, int]]:
    """Run a server that broadcasts what it hears, and nothing else."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", BARE, str(port)])  # noqa: S603 - our own program
    try:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                _listening_on(port)
                break
            time.sleep(0.1)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _listening_on(port: int) -> int:
    """Return the process that listens on a port of the loopback (Linux)."""
    wanted = f":{port:04X} "
    lines = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    inode = next((one[9] for one in lines if f"{one[1]} ".endswith(wanted) and one[3] == "0A"), None)
    for link in Path("/proc").glob("[0-9]*/fd/*") if inode else ():
        with contextlib.suppress(OSError):
            if str(link.readlink()) == f"socket:[{inode}]":
                return int(link.parts[2])
    message = f"nothing listens on {port}"
    raise OSError(message)


def _cpu(pid: int) -> float:
    """Return the seconds of processor that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    """Return the kilobytes that a process holds in memory."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return float(status.split("VmRSS:")[1].split()[0])


if __name__ == "__main__":
    main()
