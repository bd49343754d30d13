"""Brings the index up to date, as the worker does."""

from typing import Any

from commons.search.finding import Search, find
from commons.search.outbox import drain
from commons.search.upkeep import rebuild


def fresh_index() -> None:
    """Start from the database as it is, with an empty outbox."""
    rebuild()
    drain()


def found_by(user: Any, text: str, **asked: Any) -> list[tuple[str, str]]:
    """Return the kind and id of what a person finds, once the outbox is empty."""
    drain()
    return [(hit.kind, hit.id) for hit, _url in find(user, Search(text, **asked)).hits]
