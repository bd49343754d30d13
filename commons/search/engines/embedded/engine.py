"""The embedded engine: nothing to start, the same answers as Meilisearch's for the person who searches."""

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Order, Query

from commons.search.engines import asking, highlights
from commons.search.engines.analyzer import stem, tokens
from commons.search.engines.embedded.index import Folder, facts, row_of
from commons.search.engines.embedded.query import Plan, Slot, one_of, planned
from commons.search.engines.embedded.vocabulary import Vocabulary
from commons.search.engines.protocol import Document, EngineDownError, Hit, Question, Results, Shape
from commons.search.engines.synonyms import by_expression_kept

FEW = 5
"""Below so many documents with every word, those with most of the words answer too."""
MAX_CODES = 300
SORTS = {"new": "fresh", "tried": "trials"}


class EmbeddedEngine:
    """tantivy in this process, on a folder that all processes of this machine share."""

    name = "embedded"

    def __init__(self, root: Path) -> None:
        self._folder = Folder(root)
        self._vocabulary: tuple[tuple[str, int], Vocabulary] | None = None

    def is_stale(self, shape: Shape) -> bool:
        """Tell whether there is no index, or one with other facets."""
        return not self._folder.is_for(shape)

    def write(self, documents: Iterable[Document], gone: Iterable[str], shape: Shape) -> None:
        """Commit once: on disk and findable when this returns."""
        try:
            with self._folder.writer() as writer:
                for key in gone:
                    writer.delete_documents_by_term("key", key)
                for document in documents:
                    writer.delete_documents_by_term("key", document.key)
                    writer.add_document(row_of(document, shape))
                writer.commit()
        except (ValueError, OSError) as error:
            raise EngineDownError(str(error)) from error

    def rebuild(self, documents: Iterable[Document], shape: Shape) -> int:
        """Build another index beside, then point at it."""
        return self._folder.replace((row_of(document, shape) for document in documents), shape)

    def search(self, question: Question, shape: Shape) -> Results:
        """Run the question, count its facets, mark what was found."""
        start = time.perf_counter()
        reader, schema = self._folder.reader(), self._folder.schema()
        plan = planned(
            asking.read_question(question.text),
            schema=schema,
            vocabulary=self._known(reader),
            size=reader.num_docs,
            synonyms=by_expression_kept(shape.synonyms),
        )
        try:
            return self._answer(reader, schema, plan, question, start)
        except ValueError as error:
            raise EngineDownError(str(error)) from error

    def _answer(
        self, reader: tantivy.Searcher, schema: tantivy.Schema, plan: Plan, question: Question, start: float
    ) -> Results:
        least, (total, addresses) = _found(reader, schema, plan, question)
        rows = [json.loads(reader.doc(address)["shown"][0]) for address in addresses]
        match = _matcher(plan)
        hits = tuple(_hit(row, match) for row in rows)
        counts = _counts(reader, schema, plan.finding(least), question)
        took = (time.perf_counter() - start) * 1000
        return Results(total, hits, counts, round(took, 2), _corrected(rows[:1], plan))

    def _known(self, reader: tantivy.Searcher) -> Vocabulary:
        generation = self._folder.generation()
        if self._vocabulary is None or self._vocabulary[0] != generation:
            self._vocabulary = (generation, Vocabulary(reader))
        return self._vocabulary[1]

    def contents(self) -> Iterator[tuple[str, str]]:
        """Read keys and digests from the index's own dictionary."""
        if not self._folder.current():
            return
        for entry, count in self._folder.reader().terms_with_prefix("entry", "", filter_query=Query.all_query()):
            for _copy in range(count):  # a key twice would be a difference
                key, _blank, digest = entry.rpartition(" ")
                yield key, digest

    def status(self) -> dict[str, Any]:
        """Say where the index is, how many documents it holds and how large it is."""
        return facts(self._folder)


def _filtered(schema: tantivy.Schema, question: Question, *, leave: str = "") -> list[tuple[Occur, Query]]:
    kept = {"audiences": question.audiences}
    if question.kinds and leave != "kind":
        kept["kind"] = question.kinds
    kept |= {f"f_{name}": codes for name, codes in question.filters.items() if codes and name != leave}
    sets = [one_of(schema, name, codes) for name, codes in kept.items()]
    return [(Occur.Must, Query.const_score_query(query, 0.0)) for query in sets]


def _narrowed(schema: tantivy.Schema, text: Query, question: Question, *, leave: str = "") -> Query:
    return Query.boolean_query([(Occur.Must, text), *_filtered(schema, question, leave=leave)])


def _found(
    reader: tantivy.Searcher, schema: tantivy.Schema, plan: Plan, question: Question
) -> tuple[int, tuple[int, list[tantivy.DocAddress]]]:
    """Return how many of the words must be answered, and what is found so.

    The strictest reading that finds enough is taken. What is enough is judged without filters, so that choosing one
    never widens the search; with more found than that, there is no need to look.
    """
    for least in plan.leasts():
        found = _run(reader, _narrowed(schema, plan.ranking(least), question), question, plan)
        enough = FEW if least == len(plan.groups) else 1
        if found[0] >= enough or least <= 1:
            break
        is_narrowed = bool(question.kinds or any(question.filters.values()))
        if is_narrowed and _count(reader, schema, plan.finding(least), question) >= enough:
            break
    return least, found


def _count(reader: tantivy.Searcher, schema: tantivy.Schema, text: Query, question: Question) -> int:
    who = one_of(schema, "audiences", question.audiences)
    found: Any = reader.search(Query.boolean_query([(Occur.Must, text), (Occur.Must, who)]), limit=1)
    return int(found.count)


def _run(
    reader: tantivy.Searcher, query: Query, question: Question, plan: Plan
) -> tuple[int, list[tantivy.DocAddress]]:
    limit = max(question.limit, 1)  # tantivy refuses to look for nothing
    order = SORTS.get(question.sort) or ("fresh" if plan.asked.is_empty else None)
    found: Any  # the stub does not know `count`
    if order:
        found = reader.search(query, limit=limit, offset=question.offset, order_by_field=order, order=Order.Desc)
    else:
        found = reader.search(query, limit=limit, offset=question.offset, weight_by_field="quality")
    return found.count, [address for _order, address in found.hits[: question.limit]]


def _counts(
    reader: tantivy.Searcher, schema: tantivy.Schema, text: Query, question: Question
) -> dict[str, dict[str, int]]:
    chosen = {name for name, codes in question.filters.items() if codes} | ({"kind"} if question.kinds else set())
    free = [name for name in question.facets if name not in chosen]
    counts = _aggregated(reader, _narrowed(schema, text, question), free)
    for name in question.facets:
        if name in chosen:
            counts |= _aggregated(reader, _narrowed(schema, text, question, leave=name), [name])
    return {name: counts[name] for name in question.facets}


def _aggregated(reader: tantivy.Searcher, query: Query, names: list[str]) -> dict[str, dict[str, int]]:
    if not names:
        return {}
    asked = {n: {"terms": {"field": "kind" if n == "kind" else f"f_{n}", "size": MAX_CODES}} for n in names}
    answer = reader.aggregate(query, asked)
    return {name: {b["key"]: int(b["doc_count"]) for b in answer[name]["buckets"]} for name in names}


def _hit(row: list[Any], match: highlights.Match) -> Hit:
    """Show the passage of the summary that answers; of the body, when the summary has no word of the question."""
    kind, pk, title, summary, body, _keywords = row
    excerpt, spots = summary, highlights.spots_in(summary, match)
    if body and not spots:
        in_body = highlights.spots_in(body, match)
        if in_body or not summary:
            excerpt, spots = body, in_body
    cut, where = highlights.passage(excerpt, spots)
    marked = highlights.marked(title, highlights.spans(highlights.spots_in(title, match)))
    return Hit(kind, pk, title, cut, {"title": marked, "excerpt": highlights.marked(cut, where)})


def _matcher(plan: Plan) -> highlights.Match:
    phrased = {word: len(plan.slots) for phrase in plan.asked.phrases for word in phrase}

    @lru_cache(maxsize=20_000)
    def match(word: str) -> int:
        for index, slot in enumerate(plan.slots):
            if slot.answers(word):
                return index
        return phrased.get(word, -1)

    return match


def _corrected(rows: list[list[Any]], plan: Plan) -> str:
    """Return the question as the best hit spells it, when a word of it was only found with errors; only seen words."""
    if not rows or not any(_is_misspelt(slot) for slot in plan.slots):
        return ""
    _kind, _pk, title, summary, body, keywords = rows[0]
    seen: Mapping[str, str] = {
        token.word: text[token.start : token.end].lower()
        for text in (body[: highlights.SCANNED], " ".join(keywords), summary, title)
        for token in tokens(text)
    }
    spelt = [seen.get(slot.best, slot.word) for slot in plan.slots]
    return "" if spelt == [slot.word for slot in plan.slots] else " ".join(spelt)


def _is_misspelt(slot: Slot) -> bool:
    """Tell whether a word was only found with an error: its beginning and its other forms are none."""
    return not slot.best.startswith(slot.word) and stem(slot.best) != stem(slot.word)
