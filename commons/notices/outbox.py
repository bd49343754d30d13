"""Owns the facts that wait: kept in the transaction that makes them true, so that a crash loses none."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.db import transaction

from commons import bus
from commons.notices.kinds import Reader, add_reader, name_of
from commons.notices.models import Fact
from commons.rows import insert_row

_wakers: list[Callable[[], object]] = []


def listen(fact: type, reader: Reader) -> None:
    """Tell people of a fact from now on: it is kept with its write, and `reader` says, in the worker, what it means."""
    if add_reader(fact, reader):
        bus.accompanies(fact)(note)


def note(fact: Any) -> None:
    """Keep a fact, and wake the worker on commit."""
    insert_row(Fact(name=name_of(type(fact)), values=asdict(fact)))
    transaction.on_commit(wake, robust=True)


def wake_with(waker: Callable[[], object]) -> None:
    """Say how the worker is told; one that fails costs nothing but time, since the clock looks every minute."""
    _wakers[:] = [waker]


def wake() -> None:
    """Tell the worker that there is something to do."""
    for waker in _wakers:
        waker()
