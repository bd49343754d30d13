"""One suite for both engines: what a person who searches may count on, whichever engine the house runs."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from commons.search.engines.protocol import Document, Question, Results, SearchEngine, Shape, composed
from tests.contracts.engines import documents_of, embedded, meilisearch_server, on_server, program

SHAPE = Shape(("domain", "format"), (("réalité virtuelle", "virtual reality", "VR"), ("billetterie", "ticketing")))
Ask = Callable[..., Results]


def _sheet(pk: str, title: str, summary: str = "", body: str = "", **facts: object) -> Document:
    known = {"kind": "sheet", "audiences": ("public",), "fresh": 1_700_000_000} | facts
    return Document(id=pk, title=title, summary=summary, body=body, **known)


DOCUMENTS = (
    _sheet(
        "1",
        "Médiation à l’école primaire",
        "Un carnet pour préparer la venue des élèves.",
        facets={"domain": ("mediation",), "format": ("app", "podcast")},
        trials=3,
    ),
    _sheet(
        "2", "Le podcast du bar", "Trois voix au bar du théâtre.", facets={"format": ("podcast",)}, fresh=1_710_000_000
    ),
    _sheet("3", "Une visite en réalité virtuelle", "La forêt du spectacle.", facets={"domain": ("mediation",)}),
    _sheet("4", "Ticketing for small houses", "Sell seats online.", facets={"domain": ("ticketing",)}),
    _sheet("5", "Récolter des œuvres d’habitants", "Des musées ouverts.", "Les objets de l’atelier musical."),
    _sheet("6", "Le carnet de la saison", "Une école de théâtre et sa médiation.", fresh=1_720_000_000),
    _sheet("7", "Secret du réseau", "Une médiation réservée.", audiences=("network:7",), facets={"domain": ("hr",)}),
    _sheet("8", "Chevaux et ateliers", "La bibliothèque roulante passe.", kind="collection"),
    _sheet("9", "Théâtre et école", "École de théâtre du soir, accessibilité des salles.", trials=1),
)


def _skip_without_meilisearch() -> None:
    if not (os.environ.get("MEILISEARCH_URL") or program()):
        pytest.skip(
            "no Meilisearch: MEILISEARCH_URL and MEILISEARCH_PROGRAM are not set, and no meilisearch is on the path"
        )


@pytest.fixture(scope="module", params=["embedded", "meilisearch"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    """Yield each engine over the same nine documents."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "embedded":
        found = embedded(folder)
        found.rebuild(DOCUMENTS, SHAPE)
        yield found
        return
    _skip_without_meilisearch()
    with meilisearch_server(folder) as (url, key):
        found = on_server(url, key)
        found.rebuild(DOCUMENTS, SHAPE)
        yield found


@pytest.fixture
def ask(engine: SearchEngine) -> Ask:
    """Return how a visitor asks."""

    def answer(text: str, *audiences: str, **asked: object) -> Results:
        question = Question(text, audiences or ("public",), **asked)
        return engine.search(question, SHAPE)

    return answer


def _ids(results: Results) -> list[str]:
    return [hit.id for hit in results.hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mediation ecole", "1"),
        ("mediaton", "1"),
        ("medaition", "1"),
        ("mediat", "1"),
        ("podcasts", "2"),
        ("l'école de théâtre", "9"),
        ("d'oeuvre", "5"),
        ("OEUVRES", "5"),
        ("musee", "5"),
        ("bibliotheqe", "8"),
        ("bibliohteqe", "8"),
        ("pibliotheque", "8"),
        ("virtual reality", "3"),
        ("VR", "3"),
        ("billetterie", "4"),
    ],
)
def test_the_best_hit_survives_typing_accents_elision_plural_and_language(ask: Ask, text: str, first: str) -> None:
    assert _ids(ask(text))[:1] == [first]


def test_a_typo_on_the_first_letter_counts_double(ask: Ask) -> None:
    assert _ids(ask("kusees")) == []  # 6 letters: one error allowed, this one counts two


def test_short_words_take_no_typo(ask: Ask) -> None:
    assert _ids(ask("bat ")) == []


def test_a_quoted_phrase_is_found_as_it_is(ask: Ask) -> None:
    assert _ids(ask('"école de théâtre"')) == ["9", "6"]
    assert _ids(ask('"théâtre école"')) == []


def test_minus_leaves_out(ask: Ask) -> None:
    assert sorted(_ids(ask("médiation"))) == ["1", "6"]
    assert _ids(ask("médiation -carnet")) == []
    assert _ids(ask("théâtre -podcast")) == ["9", "6"]


def test_the_title_comes_before_the_summary(ask: Ask) -> None:
    assert _ids(ask("médiation")) == ["1", "6"]


def test_facets_count_and_keep_their_counts_when_one_is_chosen(ask: Ask) -> None:
    free = ask("", facets=("kind", "domain", "format"))
    assert free.total == 8
    assert free.facets == {
        "kind": {"sheet": 7, "collection": 1},
        "domain": {"mediation": 2, "ticketing": 1},
        "format": {"podcast": 2, "app": 1},
    }
    chosen = ask("", facets=("domain", "format"), filters={"domain": ("mediation",)})
    assert sorted(_ids(chosen)) == ["1", "3"]
    assert chosen.facets == {"domain": {"mediation": 2, "ticketing": 1}, "format": {"podcast": 1, "app": 1}}


def test_codes_of_a_facet_add_up_and_facets_narrow(ask: Ask) -> None:
    assert sorted(_ids(ask("", filters={"domain": ("mediation", "ticketing")}))) == ["1", "3", "4"]
    assert _ids(ask("", filters={"domain": ("mediation",), "format": ("podcast",)})) == ["1"]
    assert _ids(ask("", kinds=("collection",))) == ["8"]
    assert _ids(ask("", filters={"domain": ('a" OR kind = "sheet',)})) == []


def test_sorts(ask: Ask) -> None:
    assert _ids(ask("", sort="new", limit=2)) == ["6", "2"]
    assert _ids(ask("", sort="tried", limit=2)) == ["1", "9"]
    assert _ids(ask("", limit=1)) == ["6"]  # without words, the newest first


def test_pages_follow_one_another(ask: Ask) -> None:
    whole = _ids(ask("", sort="new", limit=8))
    assert [pk for offset in (0, 3, 6) for pk in _ids(ask("", sort="new", limit=3, offset=offset))] == whole
    assert _ids(ask("", limit=0)) == []


def test_what_is_not_ours_shows_in_no_hit_count_or_correction(ask: Ask) -> None:
    assert _ids(ask("secret")) == []
    assert ask("sceret réservée", facets=("domain",)).did_you_mean == ""
    assert ask("", facets=("domain",)).facets["domain"].get("hr") is None
    seen = ask("secret", "public", "network:7", facets=("domain",))
    assert (_ids(seen), seen.total, seen.facets) == (["7"], 1, {"domain": {"hr": 1}})


def test_words_found_are_marked_and_the_rest_is_escaped(ask: Ask) -> None:
    hit = ask("mediaton ecole").hits[0]
    assert hit.title == "Médiation à l’école primaire"
    assert hit.highlights["title"] == "<mark>Médiation</mark> à l’<mark>école</mark> primaire"
    assert "<mark>atelier</mark> musical" in ask("atelier musical").hits[0].highlights["excerpt"].replace(
        "<mark>musical</mark>", "musical"
    )


def test_writes_are_confirmed_and_seen_at_once(engine: SearchEngine, ask: Ask) -> None:
    added = _sheet("10", "Zeppelin <script>alert(1)</script>", "Au-dessus.")
    engine.write([added], [], SHAPE)
    assert ask("zeppelin").hits[0].highlights["title"] == (
        "<mark>Zeppelin</mark> &lt;script&gt;alert(1)&lt;/script&gt;"
    )
    engine.write([_sheet("10", "Montgolfière")], [], SHAPE)
    assert (_ids(ask("zeppelin")), _ids(ask("montgolfiere"))) == ([], ["10"])
    assert dict(engine.contents())["sheet_10"] == _sheet("10", "Montgolfière").digest
    engine.write([], [added.key], SHAPE)
    assert sorted(engine.contents()) == sorted((d.key, d.digest) for d in DOCUMENTS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("podcats bar", "podcast bar"),
        ("mediaton ecole", "médiation école"),
        ("ecole", ""),
        ("podcasts", ""),
        ("bi", ""),
    ],
)
def test_a_misspelt_question_is_said_again_as_the_best_hit_writes_it(ask: Ask, text: str, said: str) -> None:
    assert ask(text).did_you_mean == said


def test_another_shape_makes_the_index_stale_and_rebuilding_swaps_it(engine: SearchEngine, ask: Ask) -> None:
    assert (engine.is_stale(SHAPE), engine.is_stale(Shape(("domain",)))) == (False, True)
    assert engine.rebuild(DOCUMENTS, SHAPE) == len(DOCUMENTS)
    assert ask("").total == 8
    assert engine.status()["documents"] == len(DOCUMENTS)


def _judged() -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "judged_queries.yaml").read_text(encoding="utf-8")
    judged: list[dict[str, Any]] = yaml.safe_load(text)
    return judged


def test_judged_queries_find_their_sheets(
    engine: SearchEngine, corpora: Path, record_property: Callable[[str, object], None]
) -> None:
    """Hold what was measured (docs/search.md): the file is first in 3 of 4 queries, among ten in 9 of 10."""
    judged = _judged()
    shape, documents = Shape(("theme", "file")), documents_of(corpora)
    names = {document.id: document.facets["file"][0] for document in documents}
    engine.rebuild(documents, shape)
    try:
        ranks = []
        for judgement in judged:
            hits = engine.search(Question(judgement["ask"], ("public",), limit=10), shape).hits
            wanted = {composed(name) for name in judgement["find"]}
            ranks.append(next((i for i, hit in enumerate(hits, 1) if names[hit.id] in wanted), 0))
    finally:
        engine.rebuild(DOCUMENTS, SHAPE)
    assert len(ranks) == 60
    first, among_ten = ranks.count(1) / 60, sum(rank > 0 for rank in ranks) / 60
    mean = sum(1 / rank for rank in ranks if rank) / 60
    record_property(engine.name, f"success@1 {first:.2f}, success@10 {among_ten:.2f}, MRR@10 {mean:.2f}")
    assert (first >= 0.75, among_ten >= 0.9, mean >= 0.8) == (True, True, True), (first, among_ten, mean)


def test_both_engines_put_the_same_sheet_first(corpora: Path, tmp_path: Path) -> None:
    """What is found first does not depend on the engine, in all of the 60 judged queries (docs/search.md)."""
    _skip_without_meilisearch()
    shape, documents = Shape(("theme", "file")), documents_of(corpora)
    with meilisearch_server(tmp_path) as (url, key):
        tops = []
        for engine in (embedded(tmp_path / "embedded"), on_server(url, key)):
            engine.rebuild(documents, shape)
            asked = (Question(judgement["ask"], ("public",), limit=1) for judgement in _judged())
            tops.append([[hit.id for hit in engine.search(question, shape).hits] for question in asked])
    assert sum(one == two for one, two in zip(*tops, strict=True)) == 60
