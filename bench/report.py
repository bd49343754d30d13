"""`python -m bench.report`: prints bench/results/latest.json as the Markdown table of docs/performance.md."""

import json
import sys
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results" / "latest.json"
COLUMNS = {
    "name": "What",
    "size": "Sheets",
    "connections": "Connections",
    "p50_ms": "p50 ms",
    "p95_ms": "p95 ms",
    "p99_ms": "p99 ms",
    "rps": "Requests/s",
    "floor_ratio": "Of its floor",
    "floor_name": "Floor",
    "cpu_ms": "CPU ms",
    "bytes": "Bytes",
    "memory_mb": "Memory MB",
}
WORDS = ("name", "floor_name")


def table_of(rows: list[dict[str, Any]]) -> str:
    """Return the rows as a Markdown table."""
    rule = ["---" if code in WORDS else "---:" for code in COLUMNS]
    return _table([list(COLUMNS.values()), rule, *([_shown(row.get(code)) for code in COLUMNS] for row in rows)])


def _shown(value: Any) -> str:
    return "–" if value is None else str(value)


def growth_of(rows: list[dict[str, Any]]) -> str:
    """Return how each target's median grows with the number of sheets, as a Markdown table; empty with one size."""
    rows = [row for row in rows if row["size"]]
    sizes = sorted({row["size"] for row in rows})
    medians = {(row["name"], row["connections"], row["size"]): row["p50_ms"] for row in rows}
    if len(sizes) <= 1:
        return ""
    asked = dict.fromkeys((row["name"], row["connections"]) for row in rows if row["size"] == sizes[0])
    head = ["What", "Connections", f"p50 ms, {sizes[0]} sheets", *(f"{size} sheets" for size in sizes[1:])]
    lines = [head, ["---", *("---:",) * (len(head) - 1)]]
    for name, connections in asked:
        first = medians[name, connections, sizes[0]]
        grown = [f"x {medians[name, connections, size] / first:.2f}" for size in sizes[1:]]
        lines.append([name, str(connections), str(first), *grown])
    return _table(lines)


def keep(rows: list[dict[str, Any]], *, beside: bool = False) -> None:
    """Write the rows of a run down: alone, or `beside` those of other names that stand there."""
    names = {row["name"] for row in rows}
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if beside and RESULTS.exists() else []
    RESULTS.parent.mkdir(exist_ok=True)
    told = [row for row in kept if row["name"] not in names] + rows
    RESULTS.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def _table(lines: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Print the last run."""
    rows = json.loads(RESULTS.read_text(encoding="utf-8"))
    sys.stdout.write("\n\n".join(filter(None, (table_of(rows), growth_of(rows)))) + "\n")


if __name__ == "__main__":
    main()
