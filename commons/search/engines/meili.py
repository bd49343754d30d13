"""The Meilisearch engine: the official client, settings as code, a swap on rebuild, tasks awaited.

Timeouts are short where a person waits, and the client's requests go through one pool of connections.
"""

import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

import meilisearch
import requests
from meilisearch._httprequests import HttpRequests
from meilisearch.errors import MeilisearchApiError, MeilisearchError

from commons.search.engines.analyzer import STOP_WORDS, words
from commons.search.engines.asking import MAX_LENGTH, Asked, read_question
from commons.search.engines.protocol import Document, EngineDownError, Hit, Question, Results, Shape, composed
from commons.search.engines.ranking import ordered
from commons.search.engines.spelling import spelt
from commons.search.engines.synonyms import by_expression_kept

READ_SECONDS, WRITE_SECONDS = 3, 5
TASK_MS = 120_000
BATCH = 500
CROP_WORDS = 34
OPEN, CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}([^\\W_]*)")
"""Two characters of private use, so that texts are escaped after Meilisearch has marked them."""
STRATEGY: dict[str, Any] = {"matchingStrategy": "frequency", "locales": ["fra"]}
"""When not every word is found, the commonest is let go first."""
SEARCHABLE = ("title", "keywords", "summary", "body")
SHOWN = ("kind", "id", "title", "keywords", "summary", "body")
ORDERED = 20
"""So many first hits are put in the order of `ranking`: a page of them."""
SORTS = {"new": ["fresh:desc"], "tried": ["trials:desc"]}
ARTICLES = ("l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu")
SEARCH_ACTIONS = ("search",)
WRITE_ACTIONS = (
    "documents.*", "indexes.create", "indexes.get", "indexes.delete", "indexes.swap",
    "settings.*", "tasks.get", "stats.get",
)  # fmt: skip


def settings_for(shape: Shape) -> dict[str, Any]:
    """Return the index's settings, all of them, so that what somebody changed by hand is set right."""
    return {
        "searchableAttributes": list(SEARCHABLE),
        "displayedAttributes": [*SHOWN, "key", "digest"],
        "filterableAttributes": ["key", "kind", "audiences", *(f"f_{facet}" for facet in shape.facets)],
        "sortableAttributes": ["fresh", "trials"],
        "rankingRules": ["words", "typo", "proximity", "attribute", "sort", "exactness", "trials:desc", "fresh:desc"],
        "stopWords": sorted(STOP_WORDS),
        "synonyms": synonyms_for(shape.synonyms),
        "localizedAttributes": [{"attributePatterns": ["*"], "locales": ["fra"]}],
        "typoTolerance": {"enabled": True, "minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9}},
        "faceting": {"maxValuesPerFacet": 300},
        "pagination": {"maxTotalHits": 100_000},
    }


def synonyms_for(groups: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """Return each expression's equals, as Meilisearch wants them: both ways."""
    found: dict[str, set[str]] = {}
    for group in groups:
        spelt = {" ".join(words(composed(expression))) for expression in group} - {""}
        for expression in spelt:
            found.setdefault(expression, set()).update(spelt - {expression})
    return {expression: sorted(others) for expression, others in sorted(found.items()) if others}


def row_of(document: Document) -> dict[str, Any]:
    """Return the document as Meilisearch keeps it."""
    facts = {name: getattr(document, name) for name in ("key", "kind", "id", "title", "summary", "body", "digest")}
    facets = {f"f_{facet}": list(codes) for facet, codes in document.facets.items()}
    lists = {"keywords": list(document.keywords), "audiences": list(document.audiences)}
    return facts | lists | facets | {"trials": document.trials, "fresh": document.fresh}


def filter_of(question: Question, *, leave: str = "") -> str:
    """Return the filter expression of a question, with the choices in one facet left out."""
    kept = {"audiences": question.audiences, "kind": question.kinds}
    kept |= {f"f_{name}": codes for name, codes in question.filters.items()}
    kept = {name: codes for name, codes in kept.items() if codes and name not in (leave, f"f_{leave}")}
    return _any_of(kept)


def _any_of(kept: Mapping[str, Sequence[str]]) -> str:
    quoted = {name: ", ".join(json.dumps(value, ensure_ascii=False) for value in kept[name]) for name in kept}
    return " AND ".join(f"{name} IN [{values}]" for name, values in quoted.items())


class MeiliEngine:
    """A Meilisearch server; `index` names the index and, with a suffix, the one being rebuilt."""

    name = "meilisearch"

    def __init__(self, url: str, key: str, index: str) -> None:
        self._index = index
        self._reading = _Client(url, key or None, timeout=READ_SECONDS)
        self._writing = _Client(url, key or None, timeout=WRITE_SECONDS)

    def is_stale(self, shape: Shape) -> bool:
        """Tell whether the index is missing or has other filterable attributes or searchable ones."""
        try:
            there = self._writing.index(self._index).get_settings()
        except MeilisearchApiError as error:
            if error.code == "index_not_found":
                return True
            raise EngineDownError(str(error)) from error
        except MeilisearchError as error:
            raise EngineDownError(str(error)) from error
        wanted = settings_for(shape)
        names = ("searchableAttributes", "displayedAttributes", "filterableAttributes", "rankingRules", "stopWords")
        return any(sorted(there[name]) != sorted(wanted[name]) for name in names)

    def write(self, documents: Iterable[Document], gone: Iterable[str], shape: Shape) -> None:
        """Send, then wait until Meilisearch says that it is done; the synonyms follow the glossary's documents."""
        documents, gone = list(documents), list(gone)
        try:
            index = self._writing.index(self._index)
            tasks = [index.delete_documents(filter=_any_of({"key": gone}))] if gone else []
            tasks += [index.add_documents([row_of(d) for d in documents], primary_key="key")] if documents else []
            if any(document.kind == "term" for document in documents):
                tasks.append(index.update_synonyms(synonyms_for(shape.synonyms)))
            for task in tasks:
                self._await(task)
        except MeilisearchError as error:
            raise EngineDownError(str(error)) from error

    def rebuild(self, documents: Iterable[Document], shape: Shape) -> int:
        """Fill a second index, swap the two in one step, drop the old one."""
        count, fresh = 0, f"{self._index}_new"
        try:
            self._drop(fresh)
            self._await(self._writing.create_index(fresh, {"primaryKey": "key"}))
            index = self._writing.index(fresh)
            self._await(index.update_settings(settings_for(shape)))
            rows = (row_of(document) for document in documents)
            while batch := list(itertools.islice(rows, BATCH)):
                self._await(index.add_documents(batch))
                count += len(batch)
            if not self._exists(self._index):
                self._await(self._writing.create_index(self._index, {"primaryKey": "key"}))
            self._await(self._writing.swap_indexes([{"indexes": [self._index, fresh]}]))
            self._drop(fresh)
        except MeilisearchError as error:
            raise EngineDownError(str(error)) from error
        return count

    def search(self, question: Question, shape: Shape) -> Results:
        """Ask once for the hits and, in the same request, once for each facet in which something is chosen.

        A question of words also asks how rare each is: the first hits are put in the order that both engines share.
        """
        chosen = [n for n in question.facets if question.filters.get(n) or (n == "kind" and question.kinds)]
        read = read_question(question.text)
        is_ranked = bool(read.words) and not question.sort and question.offset < ORDERED
        asked = [self._hits_asked(question, chosen, is_ranked=is_ranked)]
        asked += [self._counts_asked(question, name) for name in chosen]
        rarity = ["", *dict.fromkeys(read.words)] if is_ranked else []
        asked += [self._rarity_asked(word) for word in rarity]
        try:
            answers = self._reading.multi_search(asked)["results"]
        except MeilisearchError as error:
            raise EngineDownError(str(error)) from error
        rows = answers[0]["hits"]
        if is_ranked:
            held = [answer["estimatedTotalHits"] for answer in answers[-len(rarity) :]]
            rows = _in_order(rows, read, dict(zip(rarity, held, strict=True)), shape)
            rows = rows[question.offset : question.offset + question.limit]
        counts = {_bare(name): codes for a in answers for name, codes in (a.get("facetDistribution") or {}).items()}
        first = answers[0]
        return Results(
            total=first["estimatedTotalHits"],
            hits=tuple(_hit(row["_formatted"]) for row in rows),
            facets={name: counts.get(name, {}) for name in question.facets},
            took_ms=float(first["processingTimeMs"]),
            did_you_mean=_corrected(question.text, rows[:1]),
        )

    def _hits_asked(self, question: Question, chosen: Sequence[str], *, is_ranked: bool) -> dict[str, Any]:
        last = question.offset + question.limit
        return {
            "indexUid": self._index,
            "q": question.text[:MAX_LENGTH],
            "filter": filter_of(question),
            "facets": [_inner(name) for name in question.facets if name not in chosen],
            "limit": max(last, ORDERED) if is_ranked else question.limit,
            "offset": 0 if is_ranked else question.offset,
            "sort": SORTS.get(question.sort, [] if question.text.strip() else SORTS["new"]),
            "attributesToRetrieve": list(SHOWN),
            "attributesToHighlight": ["title", "summary", "body"],
            "attributesToCrop": [f"summary:{CROP_WORDS}", f"body:{CROP_WORDS}"],
            "highlightPreTag": OPEN,
            "highlightPostTag": CLOSE,
        } | STRATEGY

    def _counts_asked(self, question: Question, name: str) -> dict[str, Any]:
        asked = {"indexUid": self._index, "q": question.text[:MAX_LENGTH], "limit": 0} | STRATEGY
        return asked | {"filter": filter_of(question, leave=name), "facets": [_inner(name)]}

    def _rarity_asked(self, word: str) -> dict[str, Any]:
        """Ask how many documents hold a word as it is: quoted, no error, no beginning; of no word, all."""
        return {"indexUid": self._index, "q": f'"{word}"' if word else "", "limit": 0}

    def contents(self) -> Iterator[tuple[str, str]]:
        """Read keys and digests page by page."""
        try:
            index, offset = self._writing.index(self._index), 0
            while rows := index.get_documents({"fields": ["key", "digest"], "limit": 1000, "offset": offset}).results:
                yield from ((row.key, row.digest) for row in rows)
                offset += len(rows)
        except MeilisearchError as error:
            raise EngineDownError(str(error)) from error

    def status(self) -> dict[str, Any]:
        """Say which index, how many documents, and the last task that failed, if any."""
        try:
            stats = self._writing.index(self._index).get_stats()
            failed = self._writing.get_tasks({"statuses": "failed", "limit": "1", "indexUids": self._index}).results
        except MeilisearchError as error:
            raise EngineDownError(str(error)) from error
        facts = {"index": self._index, "documents": stats.number_of_documents}
        return facts | ({"last failed task": failed[0].error} if failed else {})

    def setup(self) -> Mapping[str, str]:
        """With the server's master key: return two keys that can do no more than they must, made the first time.

        One searches this index (for the processes that serve pages), one writes it (for the worker and commands).
        """
        try:
            return {f"key to {what}": self._key(what, actions) for what, actions in KEYS.items()}
        except MeilisearchError as error:
            raise EngineDownError(str(error)) from error

    def _key(self, what: str, actions: Sequence[str]) -> str:
        name = f"{self._index}-{what}"
        known = [key for key in self._writing.get_keys({"limit": "1000"}).results if key.name == name]
        if known:
            return str(known[0].key)
        indexes = [self._index] if what == "search" else [f"{self._index}*"]
        options = {"name": name, "actions": list(actions), "indexes": indexes, "expiresAt": None}
        return str(self._writing.create_key(options).key)

    def _exists(self, name: str) -> bool:
        try:
            self._writing.get_raw_index(name)
        except MeilisearchApiError as error:
            if error.code == "index_not_found":
                return False
            raise
        return True

    def _drop(self, name: str) -> None:
        if self._exists(name):
            self._await(self._writing.delete_index(name))

    def _await(self, info: Any) -> None:
        """Wait for a task; one that failed is an error that says why."""
        task = self._writing.wait_for_task(info.task_uid, TASK_MS, 20)
        if task.status != "succeeded":
            raise EngineDownError(f"Meilisearch task {task.uid} ({task.type}) {task.status}: {task.error}")


KEYS = {"search": SEARCH_ACTIONS, "write": WRITE_ACTIONS}


class _Pooled(HttpRequests):
    """The client's requests, sent through one session, which keeps connections open."""

    _session = requests.Session()

    def send_request(self, http_method: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Send by the session what the client would send by a connection of its own."""
        return super().send_request(getattr(self._session, http_method.__name__), *args, **options)


class _Client(meilisearch.Client):
    """The official client, whose own requests (multi-search above all) share connections."""

    def __init__(self, url: str, key: str | None, *, timeout: int) -> None:
        super().__init__(url, key, timeout=timeout)
        self.http = _Pooled(self.config)


def _in_order(
    rows: Sequence[dict[str, Any]], asked: Asked, held: Mapping[str, int], shape: Shape
) -> list[dict[str, Any]]:
    """Return the rows with the first of them in the shared order; the others stay as Meilisearch ranked them."""
    first = rows[:ORDERED]
    texts = [{**row, "keywords": " | ".join(row.get("keywords", ()))} for row in first]
    order = ordered(texts, asked, held, held[""], by_expression_kept(shape.synonyms))
    return [*(first[number] for number in order), *rows[ORDERED:]]


def _inner(name: str) -> str:
    return name if name == "kind" else f"f_{name}"


def _bare(name: str) -> str:
    return name.removeprefix("f_")


def _marked(text: str) -> str:
    return escape(text).replace(OPEN, "<mark>").replace(CLOSE, "</mark>")


def _corrected(text: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the question as the best hit spells it: what was marked may be the beginning of a word."""
    texts = [str(row["_formatted"][name]) for row in rows for name in ("title", "summary", "body")]
    return spelt(text, [begun + rest for one in texts for begun, rest in _MARKED.findall(one)])


def _plain(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")


def _hit(row: Mapping[str, Any]) -> Hit:
    is_body_better = OPEN in row["body"] and OPEN not in row["summary"]
    excerpt = row["body"] if is_body_better or not row["summary"] else row["summary"]
    marked = {"title": _marked(row["title"]), "excerpt": _marked(excerpt)}
    return Hit(row["kind"], row["id"], _plain(row["title"]), _plain(excerpt), marked)
