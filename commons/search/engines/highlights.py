"""Owns showing why a document was found: its words in `<mark>`, and the passage that holds most of them."""

from collections.abc import Callable, Sequence
from html import escape

from commons.search.engines.analyzer import Token, tokens

CROP = 220
SCANNED = 12_000
LEAD = 40
MOST_SPOTS, NEIGHBOURS = 200, 40
Match = Callable[[str], int]
"""Tells which word of the question a folded word answers; -1 for none."""


def marked(text: str, spots: Sequence[tuple[int, int]]) -> str:
    """Return a text as safe HTML with these spans, in order and apart, in `<mark>`."""
    parts, at = [], 0
    for start, end in spots:
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return "".join([*parts, escape(text[at:])])


def spots_in(text: str, match: Match) -> list[tuple[Token, int]]:
    """Return the words of a text that answer the question, and which of its words each answers."""
    found = ((token, match(token.word)) for token in tokens(text[:SCANNED]))
    return [(token, answered) for token, answered in found if answered >= 0]


def spans(spots: Sequence[tuple[Token, int]]) -> list[tuple[int, int]]:
    """Return where the words stand."""
    return [(token.start, token.end) for token, _answered in spots]


def passage(text: str, spots: Sequence[tuple[Token, int]], size: int = CROP) -> tuple[str, list[tuple[int, int]]]:
    """Return the passage that answers most words of the question, cut between words, and where they stand in it."""
    start, end = _window(text, spots, size)
    before, after = ("…" if start else ""), ("…" if end < len(text) else "")
    shift = len(before) - start
    inside = [(a + shift, b + shift) for a, b in spans(spots) if start <= a and b <= end]
    cut = text[start:end]
    return before + cut.replace("\n", " ").rstrip() + after, inside


def _window(text: str, spots: Sequence[tuple[Token, int]], size: int) -> tuple[int, int]:
    if len(text) <= size:
        return 0, len(text)
    start = _best_start(spots, size)
    if start:  # begin with a whole word
        start = text.find(" ", start, start + LEAD) + 1 or start
    end = min(len(text), start + size)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    return start, end


def _best_start(spots: Sequence[tuple[Token, int]], size: int) -> int:
    """Return where to begin so that most words of the question, then most of their occurrences, are shown."""
    best, start = (0, 0), 0
    for index, (token, _answered) in enumerate(spots[:MOST_SPOTS]):
        within = [a for t, a in spots[index : index + NEIGHBOURS] if t.end <= token.start + size - LEAD]
        if (len(set(within)), len(within)) > best:
            best, start = (len(set(within)), len(within)), max(0, token.start - LEAD)
    return start
