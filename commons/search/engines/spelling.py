"""Owns saying a misspelt question again, as the words that were found are written."""

from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

from commons.search.engines.analyzer import stem, tokens
from commons.search.engines.asking import read_question
from commons.search.engines.embedded.typos import allowance


def spelt(text: str, marked: Iterable[str]) -> str:
    """Return the question with its words as the marked ones are written; empty when no word of it had an error.

    `marked` holds the words that answered, as the best document writes them.
    """
    asked = read_question(text).words
    known = {token.word: word[token.start : token.end].lower() for word in marked for token in tokens(word)}
    corrected = {word: right for word in asked if not _is_known(word, known) and (right := _nearest(word, known))}
    return " ".join(corrected.get(word, known.get(word, word)) for word in asked) if corrected else ""


def _is_known(word: str, known: Mapping[str, str]) -> bool:
    return any(one.startswith(word) or stem(one) == stem(word) for one in known)


def _nearest(word: str, known: Mapping[str, str]) -> str:
    """Return the nearest known word, or the one that begins most like it, within the errors a word may hold."""
    errors = {one: min(OSA.distance(word, one), OSA.distance(word, one[: len(word)])) for one in known}
    best = min(errors, key=lambda one: (errors[one], one), default="")
    return known[best] if best and errors[best] <= allowance(word) else ""
