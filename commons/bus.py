"""Carries facts from actions to companions, in the transaction that makes them true, and to receivers after it."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.db import transaction

logger = structlog.get_logger(__name__)

F = TypeVar("F")
_receivers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)
_companions: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def receives(fact_type: type[F]) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """Register a function to be called with every published fact of that type."""

    def register(receiver: Callable[[F], None]) -> Callable[[F], None]:
        _receivers[fact_type].append(receiver)
        return receiver

    return register


def accompanies(fact_type: type[F]) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """Register a function that writes with every fact of that type, in its transaction: both are kept, or neither.

    For small rows that must not be lost, such as an outbox's; it raises into the action, so it must not refuse.
    """

    def register(companion: Callable[[F], None]) -> Callable[[F], None]:
        _companions[fact_type].append(companion)
        return companion

    return register


def publish(fact: object) -> None:
    """Tell a fact: to companions at once, to receivers on commit.

    Each receiver runs by itself: one that fails is logged and stops no other.

    What must be true whenever the fact is true is no receiver: the action does it itself.
    """
    for companion in _companions[type(fact)]:
        companion(fact)
    transaction.on_commit(lambda: _deliver(fact))


def _deliver(fact: object) -> None:
    for receiver in _receivers[type(fact)]:
        try:
            receiver(fact)
        except Exception:
            logger.exception("receiver_failed", receiver=receiver.__qualname__, fact=repr(fact))
