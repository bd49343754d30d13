"""Owns turning a question into a tantivy query whose score ranks as `ranking` says.

Among equals, frequency, trials and freshness decide. Proximity and attribute overlap by intent: words of a title that
stand a little apart outrank the same words side by side deep in a text.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import tantivy
from tantivy import Occur, Query

from commons.search.engines.analyzer import stem
from commons.search.engines.asking import Asked
from commons.search.engines.embedded.vocabulary import Vocabulary
from commons.search.engines.ranking import EXACT, NEAR, PLACE, PLACES, SLOPS, TYPO, WORD, weight_of
from commons.search.engines.synonyms import Expression, longest_at

OFTEN = 0.02
FIELDS = {**{place: share for place, share in PLACES.items() if place != "body"}, "stems": PLACES["body"]}
"""The share of each place by field of the index: the body has none of its own, every text is in `stems`."""
MOST = 0.6
CHOICES = 20
"""Above so many ways to choose the words that must be answered, counting them is quicker."""


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
class Group:
    """One word, or the words of one expression: the query that ranks what answers it, and one that only finds it."""

    ranking: Query
    finding: Query


@dataclass(frozen=True)
class Plan:
    """A question ready to be run. How many of its groups must be answered is `least`: all, most, or one."""

    asked: Asked
    slots: tuple[Slot, ...]
    groups: tuple[Group, ...] = ()
    bonus: tuple[Query, ...] = ()
    must: tuple[Query, ...] = ()
    must_not: tuple[Query, ...] = ()

    def leasts(self) -> list[int]:
        """Return how many groups must be answered, strictest first: all, then most, then one."""
        count = len(self.groups)
        return list(dict.fromkeys((count, max(1, math.ceil(count * MOST)), min(count, 1))))

    def ranking(self, least: int) -> Query:
        """Return the query whose score ranks."""
        scored = [_scored([group.ranking for group in self.groups], least)] if self.groups else []
        return self._query([*(self._found(least) if len(self.groups) > 1 else ()), *scored], self.bonus)

    def finding(self, least: int) -> Query:
        """Return the query that finds the same and scores nothing: for counts."""
        return self._query(self._found(least), ())

    def _found(self, least: int) -> list[Query]:
        """Return what finds the groups' answers by skipping from one to the next: only those are then scored."""
        found = [group.finding for group in self.groups]
        return [Query.const_score_query(_answered(found, least), 0.0)] if found else []

    def _query(self, queries: Sequence[Query], bonus: Sequence[Query]) -> Query:
        clauses = [(Occur.Must, query) for query in (*queries, *self.must)]
        if not clauses:
            clauses.append((Occur.Must, Query.const_score_query(Query.all_query(), 1.0)))
        clauses += [(Occur.Should, query) for query in bonus]
        clauses += [(Occur.MustNot, query) for query in self.must_not]
        return Query.boolean_query(clauses)


def _answered(queries: Sequence[Query], least: int) -> Query:
    """Find what answers so many of these: each choice of so many, or, of too many choices, by counting at each."""
    if math.comb(len(queries), least) > CHOICES:
        return _scored(queries, least)
    chosen = [Query.boolean_query([(Occur.Must, query) for query in some]) for some in combinations(queries, least)]
    return Query.boolean_query([(Occur.Should, some) for some in chosen])


def _scored(queries: Sequence[Query], least: int) -> Query:
    """Find the same, and add up what each of these gives: every document that answers one of them is read."""
    if least == len(queries):
        return Query.boolean_query([(Occur.Must, query) for query in queries])
    return Query.boolean_query([(Occur.Should, query) for query in queries], minimum_number_should_match=least)


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
    answers = [Group(_ranking(schema, slot, len(slots)), _finding(schema, slot)) for slot in slots]
    return Plan(
        asked,
        slots,
        groups=tuple(_groups(schema, asked, slots, answers, synonyms)),
        bonus=(*_nearness(schema, slots), *(_phrase_place(schema, phrase) for phrase in asked.phrases)),
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
    return Slot(
        word=word,
        stems={cost: frozenset(found) for cost, found in stems.items()},
        surfaces=frozenset((word, *begun, *typos, *(other[0] for other in same if len(other) == 1))),
        weight=weight_of(count, size),
        is_open=is_open,
        phrases=tuple(sorted(other for other in same if len(other) > 1)),
        best=best,
    )


def one_of(schema: tantivy.Schema, field: str, terms: Collection[str]) -> Query:
    """Find what holds one of these terms. One alone is walked along; a set is read whole before anything is found."""
    if len(terms) == 1:
        return Query.term_query(schema, field, next(iter(terms)), "basic")
    return Query.term_set_query(schema, field, sorted(terms))


def _ranking(schema: tantivy.Schema, slot: Slot, count: int) -> Query:
    ways = [
        Query.const_score_query(one_of(schema, place, found), slot.weight - TYPO * cost + PLACE * share / count)
        for cost, found in slot.stems.items()
        for place, share in FIELDS.items()
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


def _finding(schema: tantivy.Schema, slot: Slot) -> Query:
    """Find what answers a slot: every text's stems are in `stems`."""
    ways = [one_of(schema, "stems", {s for stems in slot.stems.values() for s in stems})]
    if slot.is_open:
        ways.append(Query.fuzzy_term_query(schema, "words", slot.word, distance=0, prefix=True))
    ways += [_stem_phrase(schema, other) for other in slot.phrases]
    return Query.boolean_query([(Occur.Should, way) for way in ways])


def _groups(
    schema: tantivy.Schema,
    asked: Asked,
    slots: Sequence[Slot],
    answers: Sequence[Group],
    synonyms: Mapping[Expression, set[Expression]],
) -> Iterator[Group]:
    """Join the words of a known expression, so that a synonym may stand for them together."""
    at = 0
    while at < len(slots):
        size = max(1, longest_at(asked.words, at, synonyms))
        if size == 1:
            yield answers[at]
        else:
            others = [_stem_phrase(schema, other) for other in sorted(synonyms[asked.words[at : at + size]])]
            weight = sum(slot.weight for slot in slots[at : at + size])
            yield _joined(answers[at : at + size], others, weight)
        at += size


def _joined(answers: Sequence[Group], others: Sequence[Query], weight: float) -> Group:
    together = Query.boolean_query([(Occur.Must, answer.ranking) for answer in answers])
    found = Query.boolean_query([(Occur.Must, answer.finding) for answer in answers])
    ranked = [together, *(Query.const_score_query(other, weight) for other in others)]
    return Group(
        Query.disjunction_max_query(ranked), Query.boolean_query([(Occur.Should, way) for way in (found, *others)])
    )


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


def _phrase_place(schema: tantivy.Schema, phrase: Expression) -> Query:
    """Rank a quoted phrase by the best text that holds all its words."""
    stems = [stem(word) for word in phrase]
    return Query.disjunction_max_query(
        [
            Query.const_score_query(
                Query.boolean_query([(Occur.Must, Query.term_query(schema, place, found)) for found in stems]),
                PLACE * share,
            )
            for place, share in FIELDS.items()
        ]
    )


def _stem_phrase(schema: tantivy.Schema, expression: Expression) -> Query:
    return _phrase(schema, "stems", tuple(stem(word) for word in expression))


def _phrase(schema: tantivy.Schema, name: str, expression: Expression) -> Query:
    if len(expression) == 1:
        return Query.term_query(schema, name, expression[0])
    return Query.phrase_query(schema, name, list(expression))
