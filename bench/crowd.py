"""Owns the people of the soak: who writes until it is acknowledged, who reads, who listens; what each went through."""

import asyncio
import contextlib
import itertools
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.followers import GONE_WRONG, Follower, exchange

OK, MADE = 200, 201
FAILED = (*GONE_WRONG, TimeoutError, ValueError)


@dataclass
class Ledger:
    """What happened: acknowledged writes by the words they carry, answers by status, the milliseconds of each."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    retries: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    read_ms: list[float] = field(default_factory=list)
    write_ms: list[float] = field(default_factory=list)


class Listener(Follower):
    """A socket that keeps the numbers it was told, not the posts: three hundred of them share this process."""

    async def run(self) -> None:
        """Follow until cancelled; come back within four seconds, as browsers do."""
        while True:
            with contextlib.suppress(*GONE_WRONG):
                await self._stay(self.ports[0])
            await asyncio.sleep(random.uniform(0.0, 4.0))  # noqa: S311 - no secret

    def _apply(self, event: dict[str, Any]) -> None:
        self.told.append(event["seq"])


async def write(port: int, *, name: str, key: str, threads: list[str], ledger: Ledger, pause: float) -> None:
    """Post again and again, each post until it is acknowledged, as a careful client does."""
    for number in itertools.count():
        thread, word = random.choice(threads), f"{name}-{number}"  # noqa: S311 - no secret
        body = json.dumps({"body": f"Essai {word} mené.", "client_id": word}).encode()
        started = time.perf_counter()
        while not await _is_acknowledged(port, thread, key, body, ledger):  # noqa: ASYNC110 - no event tells that it is
            await asyncio.sleep(random.uniform(0.2, 0.6))  # noqa: S311 - same
        ledger.acknowledged[word] = thread
        ledger.write_ms.append((time.perf_counter() - started) * 1000)
        await asyncio.sleep(random.uniform(0.5, 1.5) * pause)  # noqa: S311 - same


async def _is_acknowledged(port: int, thread: str, key: str, body: bytes, ledger: Ledger) -> bool:
    try:
        status, _answer = await exchange(port, "POST", f"/api/v1/threads/{thread}/posts/", key, body)
    except FAILED as error:
        ledger.retries[type(error).__name__] += 1
        return False
    if status not in (OK, MADE):
        ledger.retries[str(status)] += 1
    return status in (OK, MADE)


async def read(port: int, paths: list[str], ledger: Ledger, pause: float) -> None:
    """Open pages one after another."""
    while True:
        started = time.perf_counter()
        try:
            status, _answer = await exchange(port, "GET", random.choice(paths))  # noqa: S311 - same
        except FAILED as error:
            ledger.answers[type(error).__name__] += 1
        else:
            ledger.answers[str(status)] += 1
            ledger.read_ms.append((time.perf_counter() - started) * 1000)
        await asyncio.sleep(random.uniform(0.5, 1.5) * pause)  # noqa: S311 - same


async def until_all_told(listeners: list[Listener], last: dict[str, int], patience: float) -> None:
    """Return once every listener stands at its thread's last number, or when patience ends."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(patience):
            while any(one.last_seq < last[one.thread] for one in listeners):  # noqa: ASYNC110 - same
                await asyncio.sleep(0.2)
