"""The vocabularies and the glossary shipped as data are whole: no database is needed to say so."""

import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
HOME = "commons/vocabularies/data"
VOCABULARIES = sorted((ROOT / HOME).glob("*.yaml"), key=lambda path: path.stem)
GLOSSARY = ROOT / "practices" / "data" / "glossary.yaml"
TEXTS = ("fr", "en", "definition_fr", "definition_en")
CODES = [
    "accessibility_feature",
    "adaptation",
    "audience",
    "budget_band",
    "confidentiality",
    "credit_role",
    "digital_format",
    "discipline",
    "editorial_state",
    "effort_band",
    "evidence",
    "institution_budget",
    "institution_label",
    "institution_type",
    "journey_phase",
    "kind",
    "language",
    "level",
    "licence",
    "modality",
    "obstacle",
    "outcome",
    "practice_domain",
    "prerequisite",
    "rights",
    "staffing",
    "staffing_link",
    "status",
    "sync",
    "team_size",
    "territory",
    "workshop_format",
]
ORDINAL = {
    "budget_band": ["b0", "b1", "b2", "b3", "b4", "b5"],
    "effort_band": ["e1", "e2", "e3", "e4", "e5"],
    "evidence": ["testimony", "suggestive", "moderate", "strong"],
    "institution_budget": ["i1", "i2", "i3", "i4", "i5"],
    "level": ["context", "basics", "techniques", "strategy"],
    "team_size": ["t1", "t2", "t3", "t4", "t5"],
}


def load(path: Path) -> Any:
    """Read one YAML file as plain Python values."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def key(text: str) -> str:
    """Fold a label the way search compares it: lowercase, no accent, punctuation as one space."""
    expanded = text.lower().replace("œ", "oe").replace("æ", "ae")
    bare = "".join(c for c in unicodedata.normalize("NFKD", expanded) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def repeated(values: list[str]) -> list[str]:
    """Return the values met more than once."""
    return [value for value, count in Counter(values).items() if count > 1]


def loops(parents: dict[str, str | None]) -> list[str]:
    """Return the codes from which climbing to the broader one never ends."""
    found = []
    for start, parent in parents.items():
        current, left = parent, len(parents)
        while current is not None and left:
            current, left = parents[current], left - 1
        if current is not None:
            found.append(start)
    return found


def untidy(text: str) -> bool:
    """Say whether a text is blank, padded, or types an apostrophe or a French space the plain way."""
    return not text.strip() or text != text.strip() or "'" in text or bool(re.search(r"« | [;:?!»]", text))


vocabulary = pytest.mark.parametrize("path", VOCABULARIES, ids=lambda path: path.stem)


def test_every_vocabulary_of_the_field_table_is_shipped() -> None:
    """A vocabulary missing or too many would break a field of the sheet."""
    assert [path.stem for path in VOCABULARIES] == CODES


@vocabulary
def test_vocabulary_has_exactly_its_keys(path: Path) -> None:
    """The file is named by its code, and says both languages."""
    data = load(path)
    assert list(data) == ["code", *TEXTS, "other", "entries"]
    assert data["code"] == path.stem
    assert [name for name in TEXTS if untidy(data[name])] == []


@vocabulary
def test_entries_say_everything_in_both_languages(path: Path) -> None:
    """Nobody should have to guess what a choice in a form means."""
    required = {"code", *TEXTS, "broader", "deprecated_by"}
    for entry in load(path)["entries"]:
        assert required <= set(entry) <= required | {"rank", "exact_match"}, entry["code"]
        assert [name for name in TEXTS if untidy(entry[name])] == [], entry["code"]
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", entry["code"]), entry["code"]


@vocabulary
def test_codes_and_labels_are_unique(path: Path) -> None:
    """Two entries that read the same cannot be told apart in a form or a facet."""
    entries = load(path)["entries"]
    for name in ("code", "fr", "en"):
        assert repeated([key(entry[name]) for entry in entries]) == [], name


@vocabulary
def test_broader_and_deprecated_by_point_inside_without_loops(path: Path) -> None:
    """The hierarchy is a forest, so that a facet can count a parent with its children."""
    entries = load(path)["entries"]
    for name in ("broader", "deprecated_by"):
        parents = {entry["code"]: entry[name] for entry in entries}
        assert set(parents.values()) - {None} <= set(parents), name
        assert loops(parents) == [], name


@vocabulary
def test_other_is_an_entry_exactly_when_free_text_is_accepted(path: Path) -> None:
    """The flag and the entry that carries the free text go together, last in the list unless deprecated."""
    data = load(path)
    codes = [entry["code"] for entry in data["entries"]]
    assert data["other"] is ("other" in codes)
    assert not data["other"] or codes[-1] == "other"


@vocabulary
def test_ranks_order_the_ordinal_vocabularies_only(path: Path) -> None:
    """Distance between two houses is a difference of ranks; not disclosed and unknown have none."""
    ranked = [(entry["rank"], entry["code"]) for entry in load(path)["entries"] if "rank" in entry]
    ranks = [rank for rank, _ in ranked]
    assert [code for _, code in ranked] == ORDINAL.get(path.stem, [])
    assert ranks == list(range(ranks[0] if ranks else 0, (ranks[0] if ranks else 0) + len(ranks)))


def terms() -> list[dict[str, Any]]:
    """Read the terms of the glossary."""
    return list(load(GLOSSARY)["terms"])


def names(term: dict[str, Any]) -> set[str]:
    """Return every folded spelling under which a term is found."""
    spellings = [term["fr"], term["en"], *term["synonyms_fr"], *term["synonyms_en"]]
    return {key(spelling) for spelling in spellings}


def test_glossary_has_sixty_whole_terms_in_order() -> None:
    """Each term reads in both languages and is found under other names."""
    slugs = [term["slug"] for term in terms()]
    assert len(slugs) == 60
    assert slugs == sorted(set(slugs))
    for term in terms():
        assert list(term) == ["slug", *TEXTS, "synonyms_fr", "synonyms_en", "broader", "related"], term["slug"]
        texts = [*(term[name] for name in TEXTS), *term["synonyms_fr"], *term["synonyms_en"]]
        assert [text for text in texts if untidy(text)] == [], term["slug"]
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", term["slug"])
        assert term["synonyms_fr"], term["slug"]
        assert term["synonyms_en"], term["slug"]


def test_a_spelling_leads_to_one_term() -> None:
    """A synonym shared by two terms would send a search, or a typed tag, to either."""
    assert repeated([name for term in terms() for name in names(term)]) == []


def test_a_term_repeats_no_spelling_in_one_language() -> None:
    """A synonym that folds to the label, accents aside, brings nothing."""
    for term in terms():
        for language in ("fr", "en"):
            spellings = [term[language], *term[f"synonyms_{language}"]]
            assert repeated([key(spelling) for spelling in spellings]) == [], term["slug"]


def test_definitions_are_one_to_three_sentences() -> None:
    """A definition is read in passing."""
    for term in terms():
        for name in ("definition_fr", "definition_en"):
            assert 1 <= len(re.findall(r"[.?!](?= |$)", term[name])) <= 3, (term["slug"], name)
            assert len(term[name]) <= 400, (term["slug"], name)


def test_glossary_relations_are_whole() -> None:
    """Broader is a forest; related goes both ways and never doubles the hierarchy."""
    by_slug = {term["slug"]: term for term in terms()}
    parents = {slug: term["broader"] for slug, term in by_slug.items()}
    assert set(parents.values()) - {None} <= set(parents)
    assert loops(parents) == []
    for slug, term in by_slug.items():
        assert repeated(term["related"]) == [], slug
        assert [other for other in term["related"] if slug not in by_slug[other]["related"]] == [], slug
        assert not {slug, term["broader"]} & set(term["related"]), slug
