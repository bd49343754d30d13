"""Owns how groups of synonyms are looked up: by the folded words of an expression."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from commons.search.engines.analyzer import words

Expression = tuple[str, ...]


def by_expression(groups: Iterable[Iterable[str]]) -> dict[Expression, set[Expression]]:
    """Map each expression to the others of its groups; one without a word is left out."""
    found: dict[Expression, set[Expression]] = {}
    for group in groups:
        expressions = {tuple(words(expression)) for expression in group} - {()}
        for expression in expressions:
            found.setdefault(expression, set()).update(expressions - {expression})
    return {expression: others for expression, others in found.items() if others}


def longest_at(asked: Expression, start: int, known: Mapping[Expression, set[Expression]]) -> int:
    """Return how many words of the longest known expression begin there; 0 when none does."""
    most = min(len(asked) - start, 4)
    return next((size for size in range(most, 0, -1) if asked[start : start + size] in known), 0)


by_expression_kept = lru_cache(maxsize=4)(by_expression)
"""The same, remembered: the synonyms change with the glossary, and are looked up at every question."""
