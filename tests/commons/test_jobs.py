"""A job is woken at once, and once more for all who ask within the moment."""

import threading
import time

import pytest

from commons import jobs
from commons.jobs import MOMENT, Waker


def test_many_who_ask_at_once_wake_it_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOMENT", 1.0)  # so long that a busy machine asks them all within it
    woken, is_late = [], threading.Event()

    def job() -> None:
        woken.append(time.monotonic())
        if len(woken) > 1:
            is_late.set()

    wake = Waker(job)
    for _asked in range(50):
        wake()
    assert len(woken) == 1
    assert is_late.wait(60.0)
    assert woken[1] - woken[0] >= 0.9


def test_who_asks_after_the_moment_is_heard_at_once() -> None:
    woken: list[float] = []
    wake = Waker(lambda: woken.append(time.monotonic()))
    wake()
    time.sleep(MOMENT * 1.5)  # the moment itself: there is nothing else to wait for
    wake()
    assert len(woken) == 2
