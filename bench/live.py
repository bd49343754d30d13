"""`python -m bench.live`: one post to the last of many sockets, beside a bare broadcast of the same frame.

Server and clients share the machine, so the clients' own work is in every figure, and in the floor's too.
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
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import websockets

from bench.server import NO_THROTTLE, ROOT, environment_for, free_port, served

RESULTS = Path(__file__).parent / "results" / "live.json"
SIZES = (100, 500, 1000)
ROUNDS = 20
WRITERS, WRITE_SECONDS = 16, 5.0
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


def main() -> None:
    """Run everything once; about two minutes."""
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=main.__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    rows: list[dict[str, Any]] = []
    os.environ["POSTS_PER_MINUTE"], os.environ["THROTTLE_WRITE"] = "1000000000", NO_THROTTLE
    with tempfile.TemporaryDirectory(prefix="commons-bench-") as name:
        folder = Path(name)
        with served(folder) as port:
            opened = json.loads(_python(folder, OPENING))
            pid = _listening_on(port)
            for size in options.sizes:
                ours = asyncio.run(_ours(port, pid, opened, size))
                with _bare() as (bare_port, bare_pid):
                    bare = asyncio.run(_floor(bare_port, bare_pid, ours.pop("frame"), size))
                rows.append({"name": "live", "sockets": size, **ours, **bare})
                rows[-1]["ratio"] = round(ours["fan_out_p95_ms"] / bare["bare_p95_ms"], 2)
            rows.append(asyncio.run(_writes(port, opened)))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    for row in rows:
        print(json.dumps(row))  # noqa: T201 - a command prints


async def _ours(port: int, pid: int, opened: dict[str, Any], size: int) -> dict[str, Any]:
    address = f"ws://127.0.0.1:{port}/ws/threads/{opened['thread']}/"
    before = _memory(pid)
    async with _crowd(address, size) as crowd:
        await asyncio.sleep(1.0)
        memory = (_memory(pid) - before) / size
        frame, spent = await _frame_of(crowd, port, opened), _cpu(pid)
        rounds = [await crowd.round(lambda: asyncio.to_thread(_post, port, opened)) for _n in range(ROUNDS)]
        spent = _cpu(pid) - spent
    return {
        "frame": frame,
        "post_to_last_p50_ms": _cut([whole for whole, _fan in rounds], 10),
        "post_to_last_p95_ms": _cut([whole for whole, _fan in rounds], 19),
        "fan_out_p50_ms": _cut([fan for _whole, fan in rounds], 10),
        "fan_out_p95_ms": _cut([fan for _whole, fan in rounds], 19),
        "cpu_us_per_delivery": round(spent * 1e6 / (ROUNDS * size), 1),
        "kb_per_idle_socket": round(memory, 1),
    }


async def _floor(port: int, pid: int, frame: str, size: int) -> dict[str, Any]:
    async with _crowd(f"ws://127.0.0.1:{port}/", size) as crowd:
        await crowd.round(lambda: crowd.wires[0].send(frame))
        spent = _cpu(pid)
        rounds = [await crowd.round(lambda: crowd.wires[0].send(frame)) for _n in range(ROUNDS)]
        spent = _cpu(pid) - spent
    fans = [fan for _whole, fan in rounds]
    return {
        "bare_p50_ms": _cut(fans, 10),
        "bare_p95_ms": _cut(fans, 19),
        "bare_cpu_us_per_delivery": round(spent * 1e6 / (ROUNDS * size), 1),
    }


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


async def _writes(port: int, opened: dict[str, Any]) -> dict[str, Any]:
    """Return how many posts a second sixteen people have accepted, all in one thread."""
    until = time.perf_counter() + WRITE_SECONDS

    def write(key: str) -> int:
        count = 0
        while time.perf_counter() < until:
            _post(port, {**opened, "keys": [key]})
            count += 1
        return count

    counts = await asyncio.gather(*(asyncio.to_thread(write, key) for key in opened["keys"][:WRITERS]))
    return {"name": "posts_accepted", "writers": WRITERS, "posts_per_second": round(sum(counts) / WRITE_SECONDS, 1)}


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


def _python(folder: Path, program: str) -> str:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, env=environment_for(folder, 0), check=True, capture_output=True, text=True)  # noqa: S603 - our own program
    return done.stdout


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
