"""The tables that are pasted into docs/performance.md."""

from bench.report import COLUMNS, growth_of, table_of

ROW = {"name": "home", "size": 100, "connections": 16, "p50_ms": 2.0, "p95_ms": 3.0, "p99_ms": 4.0, "rps": 500.0} | {
    "floor_ratio": 0.5, "floor_name": "bare_json", "cpu_ms": 1.5, "bytes": 900, "memory_mb": 80.5,
}  # fmt: skip


def test_table_has_a_line_for_each_row() -> None:
    assert table_of([ROW]).splitlines() == [
        f"| {' | '.join(COLUMNS.values())} |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |",
        "| home | 100 | 16 | 2.0 | 3.0 | 4.0 | 500.0 | 0.5 | bare_json | 1.5 | 900 | 80.5 |",
    ]


def test_growth_is_told_as_times_the_smallest_size() -> None:
    larger = [ROW | {"size": 10_000, "p50_ms": 2.2}, ROW | {"size": 100_000, "p50_ms": 5.0}]
    assert growth_of([ROW, *larger]).splitlines() == [
        "| What | Connections | p50 ms, 100 sheets | 10000 sheets | 100000 sheets |",
        "| --- | ---: | ---: | ---: | ---: |",
        "| home | 16 | 2.0 | x 1.10 | x 2.50 |",
    ]


def test_growth_of_one_size_is_nothing() -> None:
    assert growth_of([ROW]) == ""
