"""`python -m bench.relevance`: asks both engines sixty judged queries and a table of probes over the corpus."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import yaml

from commons.search.engines.protocol import Question, SearchEngine, Shape, composed
from tests.contracts.engines import documents_of, embedded, meilisearch_server, on_server, program

ROOT = Path(__file__).resolve().parents[1]
JUDGED = ROOT / "tests" / "contracts" / "judged_queries.yaml"
SHAPE = Shape(("theme", "file"))
TOP = 10
PROBES = (
    ("as written", "covoiturage"),
    ("one letter too few", "covoiturge"),
    ("two letters swapped", "covoitruage"),
    ("two errors in nine letters or more", "covoitrage quotidein"),
    ("two errors in one word", "ilettrime"),
    ("first letter wrong, eleven letters", "kovoiturage"),
    ("first letter wrong, six letters", "lutisme"),
    ("no accents", "illettrisme detecter"),
    ("accents where there are none", "côvôiturage"),
    ("capitals", "COVOITURAGE"),
    ("elision", "l'illettrisme"),
    ("typographic elision", "d’autisme"),
    ("beginning of a word", "covoit"),
    ("beginning of the last word, with an error", "handicap psichi"),
    ("plural", "covoiturages quotidiens"),
    ("singular of a plural", "drogue"),
    ("another form of the word", "prescripteur habilité"),
    ("quoted phrase", '"santé mentale"'),
    ("quoted phrase in another order", '"mentale santé"'),
    ("minus word", "santé mentale -handicap"),
    ("words nobody wrote together", "covoiturage autisme"),
    ("nothing like it", "xylophone"),
)


def main() -> None:
    """Print two tables in Markdown; needs `COMMONS_CORPORA`."""
    corpora = Path(os.environ.get("COMMONS_CORPORA", str(ROOT.parent / "shared" / "corpora")))
    documents = documents_of(corpora)
    names = {document.id: document.facets["file"][0] for document in documents}
    with ExitStack() as stack:
        engines = list(_engines(stack))
        for engine in engines:
            engine.rebuild(documents, SHAPE)
        lines = [*_relevance(engines, names), "", *_probes(engines, names)]
    print("\n".join(lines))  # noqa: T201 - a command prints


def _engines(stack: ExitStack) -> Iterator[SearchEngine]:
    yield embedded(Path(stack.enter_context(tempfile.TemporaryDirectory())))
    if os.environ.get("MEILISEARCH_URL") or program():
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        yield on_server(*stack.enter_context(meilisearch_server(folder)))


def _asked(engine: SearchEngine, text: str) -> Any:
    return engine.search(Question(text, ("public",), limit=TOP), SHAPE)


def _relevance(engines: list[SearchEngine], names: dict[str, str]) -> Iterator[str]:
    judged = yaml.safe_load(JUDGED.read_text(encoding="utf-8"))
    yield "| engine | success@1 | success@10 | MRR@10 | without any hit |"
    yield "|---|---|---|---|---|"
    tops = []
    for engine in engines:
        answers = [[names[hit.id] for hit in _asked(engine, judgement["ask"]).hits] for judgement in judged]
        wanted = [{composed(name) for name in judgement["find"]} for judgement in judged]
        ranks = [_rank(found, right) for found, right in zip(answers, wanted, strict=True)]
        tops.append([found[:1] for found in answers])
        first, among = ranks.count(1) / len(ranks), sum(rank > 0 for rank in ranks) / len(ranks)
        mean = sum(1 / rank for rank in ranks if rank) / len(ranks)
        yield f"| {engine.name} | {first:.2f} | {among:.2f} | {mean:.2f} | {answers.count([])} |"
    if len(tops) > 1:
        same = sum(one == two for one, two in zip(*tops, strict=True))
        yield ""
        yield f"The same sheet comes first in {same} of {len(judged)} queries."


def _rank(found: list[str], right: set[str]) -> int:
    return next((rank for rank, name in enumerate(found, 1) if name in right), 0)


def _probes(engines: list[SearchEngine], names: dict[str, str]) -> Iterator[str]:
    yield "| probe | typed | " + " | ".join(engine.name for engine in engines) + " |"
    yield "|---|---|" + "---|" * len(engines)
    for what, text in PROBES:
        yield f"| {what} | `{text}` | " + " | ".join(_shown(_asked(e, text), names) for e in engines) + " |"


def _shown(results: Any, names: dict[str, str]) -> str:
    if not results.hits:
        return "–"
    first = names[results.hits[0].id]
    cut = first if len(first) <= 34 else first[:33] + "…"  # noqa: PLR2004 - a column's width
    return f"{cut} ({results.total})"


if __name__ == "__main__":
    main()
