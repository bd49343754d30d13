"""Owns what goes wrong in the soak, and how much memory the processes hold meanwhile."""

import asyncio
import itertools
import os
import signal
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from topology.full import Full
from topology.supervisor import Kept

TEND_SECONDS = 0.2
PAGE = os.sysconf("SC_PAGE_SIZE")
WEB = ("pages-1", "pages-2", "sockets")
REDIS_AT, POSTGRES_AT = (0.3, 0.7), (0.5,)


async def tend(full: Full) -> None:
    """Start again what ended, as a service manager does."""
    while True:
        full.tend()
        await asyncio.sleep(TEND_SECONDS)


async def kill_by_the_clock(full: Full, every: float, say: Callable[[str], None]) -> None:
    """Kill a worker and a web process at each turn: the serving process itself, or the whole of it."""
    for turn in itertools.count():
        await asyncio.sleep(every)
        worker, web = full.named(f"worker-{turn % 2 + 1}"), full.named(WEB[turn % len(WEB)])
        worker.signal_all(signal.SIGKILL)
        children = _children(web.pid)
        if children and turn % 2:
            os.kill(children[0], signal.SIGKILL)
        else:
            web.signal_all(signal.SIGKILL)
        say(f"killed {worker.name} and {web.name}")


async def restart_servers(full: Full, seconds: float, say: Callable[[str], None]) -> None:
    """Kill Redis twice, and PostgreSQL once as a crash: it recovers from its log."""
    started = time.monotonic()
    for share, name in sorted([*((at, "Redis") for at in REDIS_AT), *((at, "PostgreSQL") for at in POSTGRES_AT)]):
        await asyncio.sleep(max(0.0, seconds * share - (time.monotonic() - started)))
        full.named(name).signal_all(signal.SIGKILL if name == "Redis" else signal.SIGQUIT)
        say(f"killed {name}")


class Memory:
    """The megabytes that each process holds, sampled; a process that was killed starts anew under its name."""

    def __init__(self, full: Full) -> None:
        self.full = full
        self.samples: dict[str, list[float]] = defaultdict(list)

    async def watch(self, every: float) -> None:
        """Take a sample again and again."""
        while True:
            await asyncio.sleep(every)
            for kept in self.full.kept():
                self.samples[kept.name].append(_megabytes(kept))

    def table(self) -> dict[str, tuple[float, float, float]]:
        """Return by process the median of its samples after the warm-up, in the middle, and at the end."""
        return {
            name: (_middle(one, 0.2, 0.4), _middle(one, 0.5, 0.7), _middle(one, 0.8, 1.0))
            for name, one in self.samples.items()
        }

    def growth(self) -> float:
        """Return how much all hold at the end, over what they held after the warm-up."""
        rows = self.table().values()
        return sum(row[2] for row in rows) / max(sum(row[0] for row in rows), 1.0)


def _middle(samples: list[float], first: float, last: float) -> float:
    part = sorted(samples[int(len(samples) * first) : max(int(len(samples) * last), 1)]) or [0.0]
    return round(part[len(part) // 2], 1)


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except FileNotFoundError:
        return []


def _megabytes(kept: Kept) -> float:
    """Return what a process and its children hold for themselves (PostgreSQL's shared memory is counted once)."""
    total = 0.0
    for pid in (kept.pid, *_children(kept.pid)):
        try:
            _size, resident, shared, *_rest = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
        except FileNotFoundError:
            continue
        total += (int(resident) - int(shared)) * PAGE / 1e6
    return total
