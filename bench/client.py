"""Owns the load: connections that ask one address again and again for some seconds, and how long each answer took."""

import asyncio
import statistics
import time
from dataclasses import dataclass

WARM_UP = 20


@dataclass(frozen=True)
class Measure:
    """How fast an address answered: half within `p50_ms`, nineteen in twenty within `p95_ms`, `rps` a second."""

    p50_ms: float
    p95_ms: float
    rps: float


async def fetch(port: int, path: str) -> bytes:
    """Return the body of one answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        return await _ask(reader, writer, path)
    finally:
        writer.close()


async def measure(port: int, path: str, *, connections: int, seconds: float) -> Measure:
    """Ask from that many connections at once, each waiting for its answer before it asks again."""
    times: list[float] = []
    for _n in range(WARM_UP):
        await fetch(port, path)
    started = time.perf_counter()
    await asyncio.gather(*(_visit(port, path, started + seconds, times) for _n in range(connections)))
    took = time.perf_counter() - started
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return Measure(round(cuts[9] * 1000, 2), round(cuts[18] * 1000, 2), round(len(times) / took, 1))


async def _visit(port: int, path: str, until: float, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while (asked := time.perf_counter()) < until:
            await _ask(reader, writer, path)
            times.append(time.perf_counter() - asked)
    finally:
        writer.close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> bytes:
    """Send a GET and read its answer whole; anything but 200 ends the benchmark: its time would mean nothing."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    body = await _body(reader, head)
    if not head.startswith("http/1.1 200"):
        message = f"{path} answered {head.splitlines()[0]}"
        raise RuntimeError(message)
    return body


async def _body(reader: asyncio.StreamReader, head: str) -> bytes:
    headers = dict(line.split(": ", 1) for line in head.splitlines()[1:] if ": " in line)
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    body = b""
    while size := int((await reader.readline()).split(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readline()
    return body
