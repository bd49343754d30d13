"""What a sheet still lacks before each gate."""

from collections.abc import Mapping
from typing import Any

from practices.enums import Gate, Genre
from practices.fields.table import Field, fields_for
from practices.fields.types import is_empty

STOPPED_STATUSES = ("abandoned",)
MEASURED_OUTCOMES = ("worked", "mixed", "failed")


def missing(content: Mapping[str, Any], gate: Gate) -> list[Field]:
    """Return the fields this content lacks to pass the gate and those before it, in the table's order."""
    genre = content.get("kind") or Genre.PRACTICE
    needed = {f.code for f in fields_for(genre) if f.gate_for(genre) <= gate}
    if genre == Genre.PRACTICE and gate >= Gate.PUBLISH:
        needed |= _needed_by_condition(content)
    return [f for f in fields_for(genre) if f.code in needed and is_empty(content.get(f.code))]


def _needed_by_condition(content: Mapping[str, Any]) -> set[str]:
    status = (content.get("status") or {}).get("code")
    outcome = content.get("outcome")
    needed = set()
    if outcome and outcome != "too_early":
        needed.add("results")
    if outcome in MEASURED_OUTCOMES:
        needed.add("evidence")
    if outcome == "failed" or status in STOPPED_STATUSES:
        needed.add("why_stopped")
    return needed
