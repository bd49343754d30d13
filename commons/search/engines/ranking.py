"""Owns the order of what is found, the same whichever engine found it: the weights, and the order of a few candidates.

A word of the question weighs 600 to 1,000 by its rarity, a typing error takes 50 off, words side by side add 40 in all,
the text that holds them 24 in all, the word as it was typed 1: the rules of Meilisearch in its own order (words, typo,
proximity, attribute, exactness), each weighing less than a step of the one before. The embedded engine scores its whole
index so; `ordered` scores what another engine found (docs/adr/0026-one-order-for-both-engines.md).
"""

import math
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from commons.search.engines.analyzer import stem, words
from commons.search.engines.asking import Asked
from commons.search.engines.embedded.typos import allowance
from commons.search.engines.synonyms import Expression, longest_at

WORD, RARE, TYPO, NEAR, PLACE, EXACT = 600.0, 400.0, 50.0, 40.0, 24.0, 1.0
PLACES = {"title": 1.0, "keywords": 0.6, "summary": 0.4, "body": 0.0}
SLOPS = ((1, 0.6), (7, 0.4))
"""How far two words may stand apart, in moves of one of them, and which share of `NEAR` that is worth."""
SCANNED = 100_000
"""Characters of a text that are read: the end of a long body decides nothing."""
MOST_MOVES = max(slop for slop, _share in SLOPS)

Synonyms = Mapping[Expression, set[Expression]]
Texts = Mapping[str, str]
"""The composed texts of a document by place: title, keywords (`a | b`), summary, body."""


def weight_of(count: int, size: int) -> float:
    """Return what a word weighs that `count` of `size` documents hold: a rare one says more of what is meant."""
    return WORD + RARE * math.log((size + 1) / (count + 1)) / math.log(size + 2)


def ordered(
    candidates: Sequence[Texts], asked: Asked, counts: Mapping[str, int], size: int, same: Synonyms
) -> list[int]:
    """Return the numbers of the candidates, best first; those of one score stay as they came.

    `counts` says how many of the `size` documents hold each word of the question.
    """
    weights = [weight_of(counts.get(word, 0), size) for word in asked.words]
    read = [{place: _read(texts[place][:SCANNED]) for place in PLACES} for texts in candidates]
    scores = [_score(one, asked, weights, same) for one in read]
    return sorted(range(len(candidates)), key=lambda number: -scores[number])


@dataclass(frozen=True)
class _Read:
    """One text of a document: its words, their stems, and where each stem stands."""

    words: list[str]
    stems: list[str]
    places: dict[str, list[int]]


@lru_cache(maxsize=256)
def _read(text: str) -> _Read:
    """Read a text, remembered: while somebody types, the same few documents are read at every key."""
    split = words(text)
    stems = [stem(word) for word in split]
    places: dict[str, list[int]] = {}
    for at, one in enumerate(stems):
        places.setdefault(one, []).append(at)
    return _Read(split, stems, places)


def _score(read: Mapping[str, _Read], asked: Asked, weights: Sequence[float], same: Synonyms) -> float:
    alone = [_word(read, asked, number, weights[number], same) for number in range(len(asked.words))]
    total, at = 0.0, 0
    while at < len(alone):
        size = max(1, longest_at(asked.words, at, same))
        part = alone[at : at + size]
        if size > 1 and not all(part):  # the words of one expression count together, or its synonym for them
            others = same[asked.words[at : at + size]]
            total += sum(weights[at : at + size]) if any(_holds(read, other) for other in others) else 0.0
        else:
            total += sum(part)
        at += size
    return total + _nearness(read, asked.words) + sum(_phrase(read, phrase) for phrase in asked.phrases)


def _word(read: Mapping[str, _Read], asked: Asked, number: int, weight: float, same: Synonyms) -> float:
    """Return what a word adds: its weight less its errors, more in a better place; nothing when no text holds it."""
    word, count = asked.words[number], len(asked.words)
    is_open = asked.is_open and number == count - 1
    synonyms = same.get((word,), set())
    stems = {stem(word), *(stem(other[0]) for other in synonyms if len(other) == 1)}
    shares = [PLACES[place] for place, text in read.items() if _is_in(text, stems, word if is_open else "")]
    if shares:  # an error costs more than the best place gives: nobody looks for one
        best = weight + PLACE * max(shares) / count
    else:
        best = max(_with_errors(read, word, weight, count, is_open=is_open), default=0.0)
    if not best:
        return weight if any(len(other) > 1 and _holds(read, other) for other in synonyms) else 0.0
    return best + (EXACT / count if any(word in text.words for text in read.values()) else 0.0)


def _is_in(text: _Read, stems: set[str], beginning: str) -> bool:
    is_here = not stems.isdisjoint(text.places)
    return is_here or bool(beginning and any(one.startswith(beginning) for one in text.words))


def _with_errors(read: Mapping[str, _Read], word: str, weight: float, count: int, *, is_open: bool) -> Iterator[float]:
    """Yield what a word adds in each text that holds it with typing errors; an open one as a beginning too."""
    budget = allowance(word)
    if not budget:
        return
    for place, text in read.items():
        known = {*text.words, *(one[: len(word)] for one in text.words if is_open)}
        close = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=budget, limit=None, processor=None)
        costs = [int(cost) + (one[0] != word[0]) for one, cost, _at in close]  # on the first letter it counts double
        if costs and min(costs) <= budget:
            yield weight - TYPO * min(costs) + PLACE * PLACES[place] / count


def _nearness(read: Mapping[str, _Read], asked: Sequence[str]) -> float:
    pairs = [(stem(one), stem(two)) for one, two in pairwise(asked)]
    total = 0.0
    for one, two in pairs:
        moves = min(_moves(read, one, two), default=MOST_MOVES + 1) if one != two else MOST_MOVES + 1
        total += sum(NEAR * share / len(pairs) for slop, share in SLOPS if moves <= slop)
    return total


def _moves(read: Mapping[str, _Read], one: str, two: str) -> Iterator[int]:
    """Yield by how many words one stem has to move to stand right before the other, wherever both are near."""
    for text in read.values():
        after = text.places.get(two, [])
        for first in text.places.get(one, ()):
            at = bisect(after, first)
            yield from (second - first - 1 for second in after[at : at + 1])
            yield from (first - second + 1 for second in after[max(at - 1, 0) : at])


def _phrase(read: Mapping[str, _Read], phrase: Expression) -> float:
    """Return what a quoted phrase adds by the best text that holds all its words."""
    stems = [stem(word) for word in phrase]
    return max((PLACE * PLACES[p] for p, text in read.items() if all(s in text.places for s in stems)), default=0.0)


def _holds(read: Mapping[str, _Read], expression: Expression) -> bool:
    """Tell whether a text holds the words of an expression side by side, in any of their forms."""
    stems = [stem(word) for word in expression]
    return any(
        text.stems[at : at + len(stems)] == stems for text in read.values() for at in text.places.get(stems[0], ())
    )
