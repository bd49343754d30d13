"""Owns the turns: targets and their floors asked in short slices, so that all of them feel the same machine."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bench import costs
from bench.client import Tally, asking, measure
from bench.targets import FLOORS, HELLO, JSON, ROWS, WARM, Target

PER_FLOOR = 4
"""After so many targets the floors have a turn."""
INSERT = "bare_insert"
Row = dict[str, Any]
Key = tuple[str, str]


@dataclass
class Turns:
    """What was measured so far, under `(name, server)`; each turn lasts `seconds`."""

    ports: Mapping[str, int]
    connections: int
    seconds: float
    tallies: dict[Key, Tally] = field(default_factory=lambda: defaultdict(Tally))
    spent: dict[Key, float] = field(default_factory=lambda: defaultdict(float))

    async def take(self, key: Key, requests: list[bytes]) -> None:
        """Ask for the length of one turn."""
        before = costs.processor()
        load: dict[str, Any] = {"connections": self.connections, "seconds": self.seconds, "tally": self.tallies[key]}
        await measure(self.ports[key[1]], requests, **load)
        self.spent[key] += costs.processor() - before

    def row(self, name: str, floor: str, size: int, server: str = WARM) -> Row:
        """Return a row; its ratio says which part of the floor's requests a second the target answers."""
        key = (name, server)
        one, beside = self.tallies[key], self.tallies[floor, HELLO if floor == HELLO else server]
        return {
            "name": name,
            "size": size,
            "connections": self.connections,
            "p50_ms": one.milliseconds(50),
            "p95_ms": one.milliseconds(95),
            "p99_ms": one.milliseconds(99),
            "rps": round(one.rps, 1),
            "floor_name": floor,
            "floor_ratio": round(one.rps / beside.rps, 3),
            "cpu_ms": round(self.spent[key] * 1000 / len(one.times), 2),
            "bytes": one.bytes,
            "memory_mb": costs.memory(),
        }


async def read(targets: list[Target], turns: Turns, size: int, rounds: int) -> list[Row]:
    """Give each target its turns, and return a row for each, the floors first."""
    for one in targets:
        await measure(turns.ports[one.server], [one.request], connections=8, seconds=0.1, tally=Tally())
    for _n in range(rounds):
        for some in _few(targets):
            for floor, server in sorted({(one.floor, one.server) for one in some} | {(HELLO, HELLO)}):
                await turns.take((floor, server), [asking(FLOORS[floor])])
            for one in some:
                await turns.take((one.name, one.server), [one.request])
    rows = [turns.row(HELLO, HELLO, size, HELLO), turns.row(JSON, HELLO, size), turns.row(ROWS, ROWS, size)]
    return rows + [turns.row(one.name, one.floor, size, one.server) for one in targets]


def _few(targets: list[Target]) -> Iterator[list[Target]]:
    for start in range(0, len(targets), PER_FLOOR):
        yield targets[start : start + PER_FLOOR]


async def write(asked: dict[str, list[bytes]], turns: Turns, size: int, rounds: int) -> list[Row]:
    """Give each kind of write its turns; the floor is a bare insert and its commit on the same server."""
    for _n in range(rounds):
        for name, requests in asked.items():
            await turns.take((name, WARM), requests)
    return [turns.row(name, INSERT, size) for name in asked]
