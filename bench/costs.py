"""Owns what the servers cost: the processor and the memory of every process below this one (Linux)."""

import os
from collections import defaultdict
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def processor() -> float:
    """Return the seconds of processor that our servers have had so far, those of their ended children too."""
    return sum(sum(map(int, one[11:15])) for one in _servers()) / TICKS


def memory() -> float:
    """Return the megabytes that our servers hold; what they share is counted in each."""
    return round(sum(int(one[21]) for one in _servers()) * PAGE / 1e6, 1)


def _servers() -> list[list[str]]:
    """Return the fields of /proc/PID/stat, from the state on, of every descendant of this process."""
    found: dict[int, list[list[str]]] = defaultdict(list)
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found[int(fields[1])].append([path.parent.name, *fields[1:]])
    below, waiting = [], [os.getpid()]
    while waiting:
        children = found[waiting.pop()]
        below += children
        waiting += [int(one[0]) for one in children]
    return below
