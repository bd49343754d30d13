"""Owns the tolerance to typing errors: which known words a typed one may stand for, and at what cost."""

from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

ONE_FROM, TWO_FROM = 5, 9
MAX_CANDIDATES = 20
LETTERS = "abcdefghijklmnopqrstuvwxyz"
Counted = list[tuple[str, int]]


def allowance(word: str) -> int:
    """Return how many typing errors a word may hold: one from 5 letters, two from 9, none in numbers."""
    if any(char.isdigit() for char in word):
        return 0
    return 2 if len(word) >= TWO_FROM else int(len(word) >= ONE_FROM)


def candidates(
    word: str, *, is_open: bool, starting_with: Callable[[str], Counted], count_of: Callable[[str], int]
) -> dict[str, int]:
    """Return the known words that `word` may stand for, with their number of errors (1 or 2), likeliest first.

    Two swapped letters are one error; an error on the first letter counts double, as in Meilisearch. Of an open
    word, the known word's beginning is compared. `starting_with` lists known words by how often they occur.
    """
    budget = allowance(word)
    if not budget:
        return {}
    known = dict(starting_with(word[0]))
    found = _near(word, known, budget)
    if is_open:
        found |= {term: cost for term, cost in _beginning_near(word, known, budget).items() if term not in found}
    if budget > 1:
        found |= {term: 2 for term in _other_first_letter(word) if term not in found and count_of(term)}
    found.pop(word, None)
    ranked = sorted(found, key=lambda term: (found[term], -known.get(term, 0), term))
    return {term: found[term] for term in ranked[:MAX_CANDIDATES]}


def _near(word: str, known: Iterable[str], budget: int) -> dict[str, int]:
    close = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=budget, limit=None, processor=None)
    return {term: int(cost) for term, cost, _index in close if cost}


def _beginning_near(word: str, known: Iterable[str], budget: int) -> dict[str, int]:
    """Compare the beginnings of longer words, of the same number of letters."""
    size = len(word)
    longer = [term for term in known if len(term) > size]
    close = process.extract(word, [t[:size] for t in longer], scorer=OSA.distance, score_cutoff=budget, limit=None)
    return {longer[index]: int(cost) for _start, cost, index in close if cost}


def _other_first_letter(word: str) -> list[str]:
    """Return every word one error away on the first letter: another one, one missing, one too many, two swapped."""
    rest = word[1:]
    return [*(x + rest for x in LETTERS), *(x + word for x in LETTERS), rest, word[1] + word[0] + word[2:]]
