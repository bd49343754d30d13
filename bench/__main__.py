"""`python -m bench`: measures pages and API beside a floor, writes bench/results/latest.json and prints one table."""

import argparse
import asyncio
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.client import Measure, fetch, measure
from bench.server import manage, served

RESULTS = Path(__file__).parent / "results" / "latest.json"
SIZES = (100, 10_000)
CONNECTIONS = (1, 16)
FLOOR = "floor"
FLOOR_PATH = "/bench/floor/"
Row = dict[str, Any]


def main() -> None:
    """Run everything once; about two minutes."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=main.__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each address is asked")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="commons-bench-") as folder:
        rows = [row for size in options.sizes for row in _rows(Path(folder), size, options.seconds)]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    print(table_of(rows))  # noqa: T201 - a command prints


def _rows(folder: Path, size: int, seconds: float) -> Iterator[Row]:
    manage(folder, "migrate", "-v0")
    manage(folder, "load_vocabularies")
    manage(folder, "seed", "--sheets", str(size), "--people", "500")
    with served(folder) as port:
        paths = asyncio.run(_paths(port))
        for connections in CONNECTIONS:
            found = {
                name: asyncio.run(measure(port, path, connections=connections, seconds=seconds))
                for name, path in paths.items()
            }
            yield from (_row(name, size, connections, one, found[FLOOR]) for name, one in found.items())


async def _paths(port: int) -> dict[str, str]:
    catalogue = (await fetch(port, "/fiches/")).decode()
    found = re.search(r'href="(/fiches/([0-9A-HJKMNP-TV-Z]{26})/[^"/]+/)"', catalogue)
    if found is None:
        message = "the catalogue shows no sheet"
        raise RuntimeError(message)
    sheet, pk = found.groups()
    api = "/api/v1/sheets/"
    return {
        FLOOR: FLOOR_PATH,
        "home": "/",
        "catalogue": "/fiches/",
        "catalogue_filtered": "/fiches/?domain=mediation&format=podcast",
        "sheet": sheet,
        "api_list": api,
        "api_detail": f"{api}{pk}/",
    }


def _row(name: str, size: int, connections: int, one: Measure, floor: Measure) -> Row:
    """Return a row; its ratio says which part of the floor's requests a second it answers."""
    ratio = round(one.rps / floor.rps, 3)
    speed = {"p50_ms": one.p50_ms, "p95_ms": one.p95_ms, "rps": one.rps}
    return {"name": name, "size": size, "connections": connections, **speed, "floor_name": FLOOR, "floor_ratio": ratio}


def table_of(rows: list[Row]) -> str:
    """Return the rows as a Markdown table."""
    head = ("What", "Sheets", "Connections", "p50 ms", "p95 ms", "Requests/s", "Of the floor")
    codes = ("name", "size", "connections", "p50_ms", "p95_ms", "rps", "floor_ratio")
    lines = [head, ("---", *("---:",) * 6), *(tuple(str(row[code]) for code in codes) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
