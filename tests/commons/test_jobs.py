"""A job is woken at once, and once more for all who ask within the moment."""

import threading
import time

from commons.jobs import MOMENT, Waker


def test_many_who_ask_at_once_wake_it_twice() -> None:
    woken, is_late = [], threading.Event()

    def job() -> None:
        woken.append(time.monotonic())
        if len(woken) > 1:
            is_late.set()

    wake = Waker(job)
    for _asked in range(50):
        wake()
    assert len(woken) == 1
    assert is_late.wait(50 * MOMENT)
    assert woken[1] - woken[0] >= MOMENT * 0.9


def test_who_asks_after_the_moment_is_heard_at_once() -> None:
    woken: list[float] = []
    wake = Waker(lambda: woken.append(time.monotonic()))
    wake()
    time.sleep(MOMENT * 1.5)
    wake()
    assert len(woken) == 2
