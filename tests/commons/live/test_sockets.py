"""One socket's way out: at once when the wire is free, in order when it is not, closed when it is too far behind."""

import asyncio
from typing import Any

from commons.live.sockets import TRY_AGAIN_LATER, WAITING_FRAMES, Outlet


class Wire:
    """A wire that can be made to wait, as uvicorn's does: before it writes."""

    def __init__(self) -> None:
        self.free = asyncio.Event()
        self.written: list[Any] = []

    async def send(self, message: dict[str, Any]) -> None:
        """Write when the wire is free."""
        await self.free.wait()
        self.written.append(message.get("text", message.get("code")))


async def test_a_free_wire_is_written_at_once() -> None:
    wire = Wire()
    wire.free.set()
    Outlet(wire.send).offer("un")
    assert wire.written == ["un"]


async def test_a_full_wire_gets_its_frames_later_in_order() -> None:
    wire = Wire()
    outlet = Outlet(wire.send)
    for text in ("un", "deux"):
        outlet.offer(text)
    await asyncio.sleep(0)
    assert wire.written == []
    wire.free.set()
    outlet.offer("trois")
    await asyncio.sleep(0.01)
    outlet.offer("quatre")
    assert wire.written == ["un", "deux", "trois", "quatre"]


async def test_a_wire_too_far_behind_is_closed_and_told_to_come_back() -> None:
    wire = Wire()
    outlet = Outlet(wire.send)
    for number in range(WAITING_FRAMES + 3):
        outlet.offer(str(number))
    wire.free.set()
    await outlet.task
    assert wire.written[-1] == TRY_AGAIN_LATER
    outlet.offer("trop tard")
    assert wire.written[-1] == TRY_AGAIN_LATER
