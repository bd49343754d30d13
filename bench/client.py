"""Owns the load: connections that ask one thing again and again for some time, and how long each answer took.

Its own small client, because it shares the machine with what it measures: some 40 µs of processor for each answer.
"""

import asyncio
import itertools
import re
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

TAKEN = (b"200", b"201", b"304")
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
END = b"\r\n\r\n"


@dataclass
class Tally:
    """How long each answer took, in seconds; how long all of it lasted; how heavy the last answer was."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    bytes: int = 0

    @property
    def rps(self) -> float:
        """Return how many answers came in a second."""
        return len(self.times) / self.seconds

    def milliseconds(self, percent: int) -> float:
        """Return within how many milliseconds so many in a hundred answers came."""
        return round(statistics.quantiles(self.times, n=100, method="inclusive")[percent - 1] * 1000, 2)


def asking(path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> bytes:
    """Return a request as it goes over the wire: a GET, or a POST of JSON."""
    said = {"Host": "127.0.0.1", "Accept": "*/*", "Accept-Encoding": "gzip"} | dict(headers or {})
    if body is not None:
        said |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", *(f"{name}: {said[name]}" for name in said)]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


class _Visitor(asyncio.Protocol):
    """One connection: it waits for its answer before it asks the next, and leaves when the time is over."""

    request: bytes

    def __init__(self, requests: Iterator[bytes], until: float, tally: Tally) -> None:
        self.requests, self.until, self.tally = requests, until, tally
        self.done: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.received, self.whole, self.asked_at = b"", 0, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        self.request = next(self.requests)
        self.received, self.whole, self.asked_at = b"", 0, time.perf_counter()
        self.transport.write(self.request)  # type: ignore[attr-defined] # a stream's transport writes

    def data_received(self, data: bytes) -> None:
        self.received += data
        if not self.whole and END in self.received:
            self.whole = self._length()
        if self.whole and len(self.received) >= self.whole:
            self._answered()

    def _length(self) -> int:
        """Return how long the answer is; anything but success ends the benchmark: its time would mean nothing."""
        head, _end, _body = self.received.partition(END)
        if head[9:12] not in TAKEN:
            asked, answered = self.request.split(b"\r\n")[0].decode(), head.split(b"\r\n")[0].decode()
            self.connection_lost(RuntimeError(f"{asked} was answered {answered}"))
            return 0
        found = LENGTH.search(head)
        return len(head) + len(END) + (int(found[1]) if found else 0)

    def _answered(self) -> None:
        now = time.perf_counter()
        self.tally.times.append(now - self.asked_at)
        self.tally.bytes = self.whole
        if now < self.until:
            self._ask()
        else:
            self.transport.close()
            if not self.done.done():
                self.done.set_result(self.received)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server hung up"))


async def fetch(port: int, request: bytes) -> bytes:
    """Return one whole answer, its head too."""
    return await _visit(port, iter([request]), 0.0, Tally())


async def measure(port: int, requests: Sequence[bytes], *, connections: int, seconds: float, tally: Tally) -> None:
    """Ask from that many connections at once for some seconds; add to the tally.

    The n-th connection asks the n-th request, and every so many-th after it in turn, from about where the tally's last
    turn ended; of fewer requests, one again and again.
    """
    started, passed = time.perf_counter(), len(tally.times) // connections
    asked = (requests[n % len(requests) :: connections] for n in range(connections))
    turns = (itertools.cycle([*some[passed % len(some) :], *some[: passed % len(some)]]) for some in asked)
    await asyncio.gather(*(_visit(port, turn, started + seconds, tally) for turn in turns))
    tally.seconds += time.perf_counter() - started


async def _visit(port: int, requests: Iterator[bytes], until: float, tally: Tally) -> bytes:
    loop = asyncio.get_running_loop()
    _transport, visitor = await loop.create_connection(lambda: _Visitor(requests, until, tally), "127.0.0.1", port)
    return await visitor.done
