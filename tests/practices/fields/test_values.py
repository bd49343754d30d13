"""Whole contents: cleaned, ordered, searched for codes."""

import pytest

from commons.errors import Invalid
from practices.fields import clean_content, markdown_parts
from practices.fields.table import field_of
from practices.fields.values import codes_of, vocabulary_of, without_empty

pytestmark = pytest.mark.django_db


def test_clean_content_reports_every_error_at_once() -> None:
    with pytest.raises(Invalid) as refusal:
        clean_content({"title": "x" * 101, "colour": "red", "steps": [{"text": "y"}]}, genre="practice")
    assert sorted(refusal.value.fields) == ["colour", "steps.0.title", "title"]


def test_clean_content_refuses_fields_of_another_genre() -> None:
    with pytest.raises(Invalid) as refusal:
        clean_content({"outcome": "worked"}, genre="need")
    assert list(refusal.value.fields) == ["outcome"]


def test_without_empty_orders_as_the_table() -> None:
    content = {"tags": [], "summary": "b", "kind": "need", "title": "a", "footprint": {}}
    assert list(without_empty(content).items()) == [("title", "a"), ("kind", "need"), ("summary", "b")]


def test_markdown_parts_goes_through_records_and_rows() -> None:
    content = {"what": "*a*", "obstacles": {"codes": ["time"], "text": "b"}, "steps": [{"title": "c", "text": "d"}]}
    assert dict(markdown_parts(content)) == {"what": "*a*", "steps.0.text": "d", "obstacles.text": "b"}


def test_codes_of_keeps_to_the_first_vocabulary() -> None:
    content = {"modality": {"code": "online", "sync": "both"}, "language": "fr", "domain": ["hr", "rights"]}
    assert [codes_of(field_of(c), content) for c in ("modality", "language", "domain", "title")] == [
        ["online"], ["fr"], ["hr", "rights"], [],
    ]  # fmt: skip
    assert vocabulary_of(field_of("language")) == "language"
