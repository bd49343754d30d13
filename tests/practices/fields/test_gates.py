"""What each genre of sheet needs at each gate."""

import pytest

from practices.enums import Gate
from practices.fields import missing
from tests.factories.sheets import PUBLISHABLE, SUBMITTABLE

HEAD = {"title": "Un titre", "language": "fr"}
RIGHTS = {"confidentiality": "public", "licence": "CC-BY-4.0"}


def lacking(content: dict[str, object], gate: Gate) -> list[str]:
    return [field.code for field in missing(content, gate)]


def test_draft_needs_title_and_genre() -> None:
    assert lacking({"language": "fr"}, Gate.DRAFT) == ["title", "kind"]
    assert lacking(HEAD | {"kind": "practice"}, Gate.DRAFT) == []


def test_practice_needs_ten_fields_to_be_submitted() -> None:
    assert lacking(HEAD | {"kind": "practice"}, Gate.SUBMIT) == [
        "summary", "problem", "aim", "domain", "institution", "what", "status", "confidentiality", "licence",
    ]  # fmt: skip
    assert lacking(HEAD | RIGHTS | {"kind": "practice", "institution": "x"} | SUBMITTABLE, Gate.SUBMIT) == []


def test_guide_needs_title_summary_body_domain_licence_and_authors() -> None:
    assert lacking(HEAD | {"kind": "guide"}, Gate.PUBLISH) == [
        "summary", "domain", "what", "authors", "confidentiality", "licence",
    ]  # fmt: skip


def test_need_needs_title_problem_domain_and_institution() -> None:
    assert lacking(HEAD | RIGHTS | {"kind": "need"}, Gate.PUBLISH) == ["problem", "domain", "institution"]


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"outcome": "worked"}, ["results", "evidence"]),
        ({"outcome": "failed"}, ["results", "evidence", "why_stopped"]),
        ({"outcome": "not_measured"}, ["results"]),
        ({"outcome": "too_early"}, []),
        ({"outcome": "too_early", "status": {"code": "abandoned"}}, ["why_stopped"]),
    ],
)
def test_outcome_and_status_ask_for_more(values: dict[str, object], codes: list[str]) -> None:
    full = HEAD | RIGHTS | PUBLISHABLE | {"kind": "practice", "institution": "x", "authors": [{"name": "A"}]}
    content = full | {"owner_contact": {"name": "A"}, "results": {}, "evidence": ""} | values
    assert lacking(content, Gate.PUBLISH) == codes
