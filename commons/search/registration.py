"""Owns what registering a kind does: it becomes findable, and its changes are marked with the writes themselves."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from commons import bus
from commons.search import sources
from commons.search.outbox import mark

UNSEEN = frozenset({"last_login"})
"""What no document shows: saving it alone marks nothing."""


def register(source: sources.Source) -> None:
    """Make a kind findable: from now on its facts and its rows mark its objects, in the transaction of the write."""
    sources.add(source)
    for fact, ids_in in source.marks.items():
        bus.accompanies(fact)(_marking(source.kind, ids_in))
    for signal in (post_save, post_delete):
        signal.connect(_row_marking(source.kind), sender=source.model, weak=False)


def _marking(kind: str, ids_in: Callable[[Any], Iterable[object]]) -> Callable[[Any], None]:
    def mark_objects(fact: Any) -> None:
        mark(kind, [str(pk) for pk in ids_in(fact)])

    return mark_objects


def _row_marking(kind: str) -> Callable[..., None]:
    def mark_row(instance: Model, **facts: Any) -> None:
        if facts.get("update_fields") != UNSEEN:
            mark(kind, [str(instance.pk)])

    return mark_row
