"""Owns the difference between two texts, word by word, as a page can show it."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Op = Literal["same", "removed", "added"]

# Words on one side times words on the other: what one comparison may cost.
MAX_COMPARED = 4_000_000
_WORD = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_LINE = re.compile(r"[^\n]*\n+|[^\n]+")


class Change(NamedTuple):
    """A stretch of text and what became of it."""

    op: Op
    text: str


def word_diff(before: str, after: str) -> list[Change]:
    """Return what turns `before` into `after`; each stretch is `same`, `removed` or `added`, neighbours differ.

    Joining what is not `added` gives `before`, joining what is not `removed` gives `after`. Where the texts are too
    long to compare by words, they are compared by lines and the words inside changed lines; where there
    are too many lines also, the middle that changed is one removal and one addition.
    """
    return list(_merged(_diff(before, after)))


def _diff(before: str, after: str) -> Iterator[Change]:
    """Compare by words when affordable, else by lines."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) <= MAX_COMPARED:
        yield from _compared(old, new)
        return
    old_lines, new_lines = _LINE.findall(before), _LINE.findall(after)
    start = _shared_length(old_lines, new_lines)
    end = _shared_length(old_lines[start:][::-1], new_lines[start:][::-1])
    old_middle, new_middle = old_lines[start : len(old_lines) - end], new_lines[start : len(new_lines) - end]
    yield Change("same", "".join(old_lines[:start]))
    if len(old_middle) * len(new_middle) <= MAX_COMPARED:
        yield from _by_line(old_middle, new_middle)
    else:
        yield from _replaced("".join(old_middle), "".join(new_middle))
    yield Change("same", "".join(old_lines[len(old_lines) - end :]))


def _by_line(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Compare by lines, then by words inside the lines that changed, while those are short enough."""
    left = MAX_COMPARED
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        removed, added = "".join(old[i1:i2]), "".join(new[j1:j2])
        if tag == "equal":
            yield Change("same", removed)
            continue
        old_words, new_words = _WORD.findall(removed), _WORD.findall(added)
        left -= len(old_words) * len(new_words)
        yield from _compared(old_words, new_words) if left >= 0 else _replaced(removed, added)


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Compare two lists; words met everywhere are no anchors in long ones, so that the cost stays in bounds."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield Change("same", "".join(old[i1:i2]))
        else:
            yield from _replaced("".join(old[i1:i2]), "".join(new[j1:j2]))


def _replaced(removed: str, added: str) -> Iterator[Change]:
    yield Change("removed", removed)
    yield Change("added", added)


def _shared_length(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many items both lists start with."""
    return next(
        (n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )


def _merged(changes: Iterator[Change]) -> Iterator[Change]:
    """Drop empty stretches and join neighbours of the same kind."""
    held: Change | None = None
    for change in changes:
        if not change.text:
            continue
        if held and held.op == change.op:
            held = Change(held.op, held.text + change.text)
            continue
        if held:
            yield held
        held = change
    if held:
        yield held
