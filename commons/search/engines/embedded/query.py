"""Owns turning a question into a tantivy query whose score ranks as Meilisearch's rules do.

In this order: words, typos, proximity, attribute, exactness. Each rule's scores together weigh less than one step of
the rule before: a word 600 to 1,000 by rarity, a typo 50, proximity 40 in all, attribute 8 in all, exactness 1 in all;
then frequency, trials and freshness decide among equals.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import tantivy
from tantivy import Occur, Query

from commons.search.engines.analyzer import stem
from commons.search.engines.asking import Asked
from commons.search.engines.embedded.vocabulary import Vocabulary
from commons.search.engines.synonyms import Expression, longest_at

WORD, RARE, TYPO, NEAR, PLACE, EXACT, OFTEN = 600.0, 400.0, 50.0, 40.0, 8.0, 1.0, 0.02
PLACES = {"title": 1.0, "keywords": 0.6, "summary": 0.4, "stems": 0.0}
SLOPS = ((1, 0.6), (7, 0.4))
MOST = 0.6


@dataclass(frozen=True)
class Slot:
    """One word of the question and what answers it: stems by number of errors, and the words that bear them."""

    word: str
    stems: Mapping[int, frozenset[str]]
    surfaces: frozenset[str]
    weight: float
    is_open: bool = False
    phrases: tuple[Expression, ...] = ()
    best: str = ""

    def answers(self, word: str) -> bool:
        """Tell whether a word of a text answers this one."""
        if word in self.surfaces or (self.is_open and word.startswith(self.word)):
            return True
        found = stem(word)
        return any(found in stems for stems in self.stems.values())


@dataclass(frozen=True)
class Plan:
    """A question ready to be run: its slots, and the queries that say how many of them must be answered."""

    asked: Asked
    slots: tuple[Slot, ...]
    groups: tuple[tuple[Query, int], ...] = ()
    bonus: tuple[Query, ...] = ()
    must: tuple[Query, ...] = ()
    must_not: tuple[Query, ...] = field(default=())

    def strict(self) -> Query:
        """Return the query that every word must answer."""
        return self._query([(Occur.Must, query) for query, _size in self.groups])

    def most(self) -> Query:
        """Return the query that most words must answer."""
        least = max(1, math.ceil(len(self.groups) * MOST))
        return self._query([(Occur.Must, _any(self.groups, least))])

    def some(self) -> Query:
        """Return the query that one word must answer."""
        return self._query([(Occur.Must, _any(self.groups, 1))])

    def _query(self, clauses: list[tuple[Occur, Query]]) -> Query:
        if not self.groups:
            clauses = []
        clauses += [(Occur.Must, query) for query in self.must]
        if not clauses:
            clauses = [(Occur.Must, Query.const_score_query(Query.all_query(), 1.0))]
        clauses += [(Occur.Should, query) for query in self.bonus]
        clauses += [(Occur.MustNot, query) for query in self.must_not]
        return Query.boolean_query(clauses)


def _any(groups: Sequence[tuple[Query, int]], least: int) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query, _size in groups], minimum_number_should_match=least)


def planned(
    asked: Asked,
    *,
    schema: tantivy.Schema,
    vocabulary: Vocabulary,
    size: int,
    synonyms: Mapping[Expression, set[Expression]],
) -> Plan:
    """Return the plan of a question over an index of `size` documents."""
    slots = tuple(
        _slot(word, vocabulary, size, synonyms, is_open=asked.is_open and index == len(asked.words) - 1)
        for index, word in enumerate(asked.words)
    )
    queries = [_slot_query(schema, slot, len(slots)) for slot in slots]
    return Plan(
        asked,
        slots,
        groups=tuple(_groups(schema, asked, slots, queries, synonyms)),
        bonus=tuple(_nearness(schema, slots)),
        must=tuple(Query.const_score_query(_phrase(schema, "words", phrase), WORD) for phrase in asked.phrases),
        must_not=tuple(_phrase(schema, "words", phrase) for phrase in asked.without),
    )


def _slot(
    word: str, vocabulary: Vocabulary, size: int, synonyms: Mapping[Expression, set[Expression]], *, is_open: bool
) -> Slot:
    typos = vocabulary.typos_of(word, is_open=is_open)
    begun = [term for term, _count in vocabulary.starting_with(word)] if is_open and len(word) > 1 else []
    same = synonyms.get((word,), set())
    stems = {0: {stem(word), *map(stem, begun), *(stem(other[0]) for other in same if len(other) == 1)}}
    for term, cost in typos.items():
        stems.setdefault(cost, set()).add(stem(term))
    count = vocabulary.count_of(word)
    likeliest = next(iter(typos), "")
    if not count and begun:
        count, best = vocabulary.count_of(begun[0]), begun[0]
    elif not count and likeliest:
        count, best = vocabulary.count_of(likeliest), likeliest
    else:
        best = word
    rarity = math.log((size + 1) / (count + 1)) / math.log(size + 2)
    return Slot(
        word=word,
        stems={cost: frozenset(found) for cost, found in stems.items()},
        surfaces=frozenset((word, *begun, *typos, *(other[0] for other in same if len(other) == 1))),
        weight=WORD + RARE * rarity,
        is_open=is_open,
        phrases=tuple(sorted(other for other in same if len(other) > 1)),
        best=best,
    )


def _slot_query(schema: tantivy.Schema, slot: Slot, count: int) -> Query:
    ways = [
        Query.const_score_query(
            Query.term_set_query(schema, place, sorted(found)), slot.weight - TYPO * cost + PLACE * share / count
        )
        for cost, found in slot.stems.items()
        for place, share in PLACES.items()
    ]
    if slot.is_open:
        begun = Query.fuzzy_term_query(schema, "words", slot.word, distance=0, prefix=True)
        ways.append(Query.const_score_query(begun, slot.weight - TYPO / 2))
    ways += [Query.const_score_query(_stem_phrase(schema, other), slot.weight) for other in slot.phrases]
    exact = Query.const_score_query(Query.term_query(schema, "words", slot.word), EXACT / count)
    often = Query.boost_query(Query.term_query(schema, "stems", stem(slot.word), "freq"), OFTEN)
    return Query.boolean_query(
        [(Occur.Must, Query.disjunction_max_query(ways)), (Occur.Should, exact), (Occur.Should, often)]
    )


def _groups(
    schema: tantivy.Schema,
    asked: Asked,
    slots: Sequence[Slot],
    queries: Sequence[Query],
    synonyms: Mapping[Expression, set[Expression]],
) -> list[tuple[Query, int]]:
    """Join the words of a known expression, so that a synonym may stand for them together."""
    groups, at = [], 0
    while at < len(slots):
        size = max(1, longest_at(asked.words, at, synonyms))
        if size == 1:
            groups.append((queries[at], 1))
        else:
            together = Query.boolean_query([(Occur.Must, query) for query in queries[at : at + size]])
            weight = sum(slot.weight for slot in slots[at : at + size])
            others = sorted(synonyms[asked.words[at : at + size]])
            ways = [Query.const_score_query(_stem_phrase(schema, other), weight) for other in others]
            groups.append((Query.disjunction_max_query([together, *ways]), size))
        at += size
    return groups


def _nearness(schema: tantivy.Schema, slots: Sequence[Slot]) -> list[Query]:
    pairs = list(pairwise(slots))
    return [
        Query.const_score_query(
            Query.phrase_query(schema, "stems", [stem(one.best), stem(two.best)], slop=slop), NEAR * share / len(pairs)
        )
        for one, two in pairs
        for slop, share in SLOPS
        if stem(one.best) != stem(two.best)
    ]


def _stem_phrase(schema: tantivy.Schema, expression: Expression) -> Query:
    return _phrase(schema, "stems", tuple(stem(word) for word in expression))


def _phrase(schema: tantivy.Schema, name: str, expression: Expression) -> Query:
    if len(expression) == 1:
        return Query.term_query(schema, name, expression[0])
    return Query.phrase_query(schema, name, list(expression))
