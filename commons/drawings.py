"""Keeps the pieces of pages drawn lately, by all that they show: a list spends most of its time on drawing rows.

Nothing ends a drawing: whatever changes what it shows makes another of it. What changes by the clock is not for here.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

KEPT = 4000


@dataclass(frozen=True)
class _Drawing:
    """What is to be drawn; two of the same facts look alike."""

    template: str
    language: str | None
    facts: tuple[Hashable, ...]
    context: dict[str, Any] = field(compare=False)


def drawn(template: str, facts: tuple[Hashable, ...], context: dict[str, Any]) -> SafeString:
    """Return the template filled with the context, as it was drawn before for the same facts in the same language.

    The facts are everything of the context that the template shows or decides by; of who reads, it shows nothing.
    """
    return _drawn(_Drawing(template, get_language(), facts, context))


@lru_cache(maxsize=KEPT)
def _drawn(drawing: _Drawing) -> SafeString:
    return mark_safe(render_to_string(drawing.template, drawing.context))  # noqa: S308 - a template's own output
