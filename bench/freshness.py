"""`python -m bench.freshness`: measures the time from a commit to its being findable, through a served site."""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.server import ROOT, environment_for, manage, served

RESULTS = Path(__file__).parent / "results" / "freshness.json"
PATIENCE = 30.0
WRITER = """
import sys, time
import django
django.setup()
from commons.people.actions import add_institution
from commons.people.models import User
by, _new = User.objects.get_or_create(email="ecrit@maison.example", defaults={"public_name": "Qui écrit"})
for line in sys.stdin:
    add_institution(by=by, values={"name": line.strip(), "type": "theatre"})
    print(time.time(), flush=True)
"""


def main() -> None:
    """Write some houses one after another and search for each until it is found."""
    parser = argparse.ArgumentParser(prog="python -m bench.freshness", description=main.__doc__)
    parser.add_argument("--writes", type=int, default=60)
    parser.add_argument("--sheets", type=int, default=1_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="commons-bench-") as name:
        folder = Path(name)
        manage(folder, "migrate", "-v0")
        manage(folder, "load_vocabularies")
        manage(folder, "seed", "--sheets", str(options.sheets), "--people", "50")
        manage(folder, "search", "rebuild")
        with served(folder) as port:
            waits = sorted(_waits(folder, port, options.writes))
    row = {
        "sheets": options.sheets,
        "writes": len(waits),
        "p50_ms": round(statistics.median(waits)),
        "p95_ms": round(statistics.quantiles(waits, n=20)[18]),
        "max_ms": round(waits[-1]),
    }
    RESULTS.write_text(json.dumps(row, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(row))  # noqa: T201 - a command prints


def _waits(folder: Path, port: int, writes: int) -> list[float]:
    command = [sys.executable, "-c", WRITER]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, env=environment_for(folder, 0), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        waits = []
        for number in range(writes):
            word = f"zeppelin{number}q"
            assert writer.stdin is not None  # noqa: S101 - asked for above
            assert writer.stdout is not None  # noqa: S101 - same
            writer.stdin.write(word + "\n")
            writer.stdin.flush()
            committed = float(writer.stdout.readline())
            waits.append((_found_at(port, word) - committed) * 1000)
            time.sleep(0.3)
        assert writer.stdin is not None  # noqa: S101 - asked for above
        writer.stdin.close()
    return waits


def _found_at(port: int, word: str) -> float:
    address = f"http://127.0.0.1:{port}/api/v1/search/?q={word}&facets=&typing=1"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with urllib.request.urlopen(address, timeout=5) as answer:
            if json.load(answer)["total"]:
                return time.time()
        time.sleep(0.01)
    message = f"{word} was not found within {PATIENCE} seconds"
    raise RuntimeError(message)


if __name__ == "__main__":
    main()
