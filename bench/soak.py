"""`python -m bench.soak`: the full topology under load while its processes are killed; nothing acknowledged is lost.

`SOAK_MINUTES` (10) says how long; faults come as often as in ten minutes, so a short run is a dense one.
"""

import asyncio
import contextlib
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.crowd import Ledger, Listener, read, until_all_told, write
from bench.faults import Memory, kill_by_the_clock, restart_servers, tend
from tests.followers import exchange
from topology.full import ROOT, Full, steady_ports

RESULTS = Path(__file__).parent / "results" / "soak.json"
SOCKETS, WRITERS, READERS = 300, 20, 50
THREADS = 6
WRITE_PAUSE, READ_PAUSE = 1.5, 2.0
PATIENCE = 90.0
LONG = 300.0  # seconds: in a shorter run, warming up is all there is to see of memory
FLAT = 1.25
"""Beyond this, what the processes hold at the end over what they held after the warm-up is a leak."""
UNLIMITED = {"THROTTLE_READ": "9999999/min", "THROTTLE_WRITE": "9999999/min", "POSTS_PER_MINUTE": "9999999"}
OPENING = """
import json, sys, django
django.setup()
from commons.people.actions import create_token
from commons.people.models import User
from forum.actions import add_thread
count = int(sys.argv[1])
people = [User.objects.create_user(f"p{n}@maison.example", public_name=f"Personne {n}") for n in range(count)]
keys = [create_token(by=person, name="endurance", scope="write")[1] for person in people]
threads = [add_thread(by=people[0], title=f"Endurance {n}", body="Premier").pk for n in range(int(sys.argv[2]))]
print(json.dumps({"threads": threads, "keys": keys}))
"""
COUNTING = """
import json, sys, django
django.setup()
from forum.models import Post, Thread
bodies = list(Post.objects.filter(thread__in=sys.argv[1:]).values_list("body", flat=True))
last = dict(Thread.objects.filter(pk__in=sys.argv[1:]).values_list("pk", "last_seq"))
print(json.dumps({"bodies": bodies, "last": last}))
"""


def main() -> int:
    """Run, judge, print; exit 1 when something was lost, doubled, differs or grows."""
    minutes = float(os.environ.get("SOAK_MINUTES", "10"))
    environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "MEILISEARCH_URL")}
    environment |= UNLIMITED | {"LIVE_HEARTBEAT_SECONDS": "5", "DJANGO_SETTINGS_MODULE": "commons.settings"}
    environment.setdefault("LOG_LEVEL", "CRITICAL")
    with tempfile.TemporaryDirectory(prefix="commons-soak-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        full = Full(Path(name), steady_ports(1)[0], environment)
        try:
            full.start(say=_say)
            full.manage("seed", "--sheets", "300", "--people", "50", "--threads", "30", "--posts", "300")
            full.manage("search", "rebuild")
            opened = json.loads(_program(full, OPENING, str(WRITERS), str(THREADS)))
            row = asyncio.run(_soak(full, opened, minutes * 60))
        finally:
            full.stop()
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(row, indent=2) + "\n", encoding="utf-8")
    _print(row)
    return 0 if row["passed"] else 1


async def _soak(full: Full, opened: dict[str, Any], seconds: float) -> dict[str, Any]:
    port, threads, ledger, memory = full.port, opened["threads"], Ledger(), Memory(full)
    paths = await _paths(port, threads)
    listeners = [Listener([port], threads[n % THREADS]) for n in range(SOCKETS)]
    started = time.monotonic()

    def say(what: str) -> None:
        _say(f"{time.monotonic() - started:6.1f} s  {what}")

    crowd = [asyncio.create_task(one.run()) for one in listeners]
    writers = [
        write(port, name=f"p{n}", key=key, threads=threads, ledger=ledger, pause=WRITE_PAUSE)
        for n, key in enumerate(opened["keys"])
    ]
    busy = [asyncio.create_task(one) for one in writers]
    busy += [asyncio.create_task(read(port, paths, ledger, READ_PAUSE)) for _n in range(READERS)]
    busy += [asyncio.create_task(kill_by_the_clock(full, min(60.0, max(15.0, seconds / 10)), say))]
    busy += [asyncio.create_task(restart_servers(full, seconds, say))]
    watching = [asyncio.create_task(tend(full)), asyncio.create_task(memory.watch(seconds / 60))]
    await asyncio.sleep(seconds)
    await _ended(busy)
    say("nobody writes any more")
    await _answers_again(port)
    counted = json.loads(await asyncio.to_thread(_program, full, COUNTING, *threads))
    await until_all_told(listeners, counted["last"], PATIENCE)
    verified = await asyncio.to_thread(_verify, full)
    for failed in (task for task in (*crowd, *watching) if task.done()):
        failed.result()
    await _ended([*crowd, *watching])
    is_long = seconds >= LONG
    return _judged(ledger, listeners, counted=counted, verified=verified, memory=memory, is_long=is_long)


def _judged(
    ledger: Ledger,
    listeners: list[Listener],
    *,
    counted: dict[str, Any],
    verified: str,
    memory: Memory,
    is_long: bool,
) -> dict[str, Any]:
    times = Counter(word for body in counted["bodies"] for word in re.findall(r"p\d+-\d+", body))
    whole = [list(range(one.told[0], counted["last"][one.thread] + 1)) if one.told else [0] for one in listeners]
    row: dict[str, Any] = {
        "acknowledged": len(ledger.acknowledged),
        "lost": sum(word not in times for word in ledger.acknowledged),
        "doubled": sum(count > 1 for count in times.values()),
        "retried": dict(ledger.retries),
        "write_ms": _cuts(ledger.write_ms),
        "sockets": len(listeners),
        "connections": sum(one.connections for one in listeners),
        "sockets_that_differ": sum(one.told != right for one, right in zip(listeners, whole, strict=True)),
        "reads": dict(ledger.answers),
        "read_ms": _cuts(ledger.read_ms),
        "index": verified,
        "memory_mb": memory.table(),
        "memory_growth": round(memory.growth(), 3),
    }
    is_right = (row["lost"], row["doubled"], row["sockets_that_differ"], row["index"]) == (0, 0, 0, "0 differences")
    is_flat = not is_long or row["memory_growth"] <= FLAT
    return row | {"passed": is_right and row["acknowledged"] > 0 and is_flat}


async def _paths(port: int, threads: list[str]) -> list[str]:
    _status, catalogue = await exchange(port, "GET", "/fiches/")
    sheets = sorted(set(re.findall(r'href="(/fiches/[0-9A-HJKMNP-TV-Z]{26}/[^"/]+/)"', catalogue.decode())))
    lists = ["/", "/fiches/", "/discussions/", "/api/v1/sheets/", "/api/v1/search/?q=podcast"]
    return [*lists, *sheets[:5], *(f"/api/v1/threads/{pk}/posts/" for pk in threads)]


async def _answers_again(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, TimeoutError, ValueError, IndexError):
            if (await exchange(port, "GET", "/readyz"))[0] == 200:  # noqa: PLR2004 - OK
                return
        await asyncio.sleep(0.2)


def _verify(full: Full) -> str:
    full.manage("search", "drain")
    command = [sys.executable, "manage.py", "search", "verify"]
    done = subprocess.run(command, cwd=ROOT, env=full.environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    return (done.stdout or done.stderr).strip().splitlines()[-1]


def _program(full: Full, text: str, *words: str) -> str:
    command = [sys.executable, "-c", text, *words]
    done = subprocess.run(command, cwd=ROOT, env=full.environment, check=True, capture_output=True, text=True)  # noqa: S603 - our own program
    return done.stdout


async def _ended(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    for found in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(found, Exception):
            raise found


def _cuts(values: list[float]) -> dict[str, float]:
    if len(values) < 2:  # noqa: PLR2004 - two make a quantile
        return {}
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return {"p50": round(cuts[49]), "p95": round(cuts[94]), "max": round(max(values))}


def _print(row: dict[str, Any]) -> None:
    for name, value in row.items():
        if name != "memory_mb":
            _say(f"{name:<20} {value}")
    _say("\n| process | MB after the warm-up | in the middle | at the end |\n|---|---:|---:|---:|")
    for name, (first, middle, last) in row["memory_mb"].items():
        _say(f"| {name} | {first} | {middle} | {last} |")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
