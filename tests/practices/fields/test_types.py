"""What each type of value takes, refuses and keeps."""

from typing import Any

import pytest

from commons.errors import Invalid
from practices.fields import types as t

pytestmark = pytest.mark.django_db

STEP = t.Record((t.Part("title", "Étape", t.Text(20), is_required=True), t.Part("text", "Détail", t.Markdown(40))))


@pytest.mark.parametrize(
    ("type_", "value", "kept"),
    [
        (t.Text(20), "  un   deux\n", "un deux"),
        (t.Text(20), None, ""),
        (t.Text(20), 12, "12"),
        (t.Markdown(20), "a\r\nb\r", "a\nb"),
        (t.Choice("outcome"), "worked", "worked"),
        (t.Choice("outcome"), "", ""),
        (t.Choice("institution_type"), "other:péniche", "other:péniche"),
        (t.Choices("discipline", 3), ["dance", "dance", "jazz", ""], ["dance", "jazz"]),
        (t.Choices("discipline"), None, []),
        (t.Tags(3), [" Podcast ", "Podcast", "radio"], ["Podcast", "radio"]),
        (t.Flag(), "on", True),
        (t.Flag(), None, False),
        (t.Number(1, 5), "4", 4),
        (t.Number(), "", None),
        (t.Date(), "2026-11-23", "2026-11-23"),
        (t.Date(), "", ""),
        (t.Link(), "https://exemple.fr/a?b=c", "https://exemple.fr/a?b=c"),
        (t.LanguageTag(), "pt-BR", "pt-BR"),
        (t.Slug(), "theatre-du_pont", "theatre-du_pont"),
        (STEP, {"title": "Un", "text": ""}, {"title": "Un"}),
        (STEP, None, {}),
        (STEP, {"title": "", "text": ""}, {}),
        (t.Rows(STEP, 2), [{"title": "Un"}, {}, {"title": "Deux"}], [{"title": "Un"}, {"title": "Deux"}]),
    ],
)
def test_clean_keeps(type_: t.Type, value: Any, kept: Any) -> None:
    assert type_.clean(value) == kept


@pytest.mark.parametrize(
    ("type_", "value", "paths"),
    [
        (t.Text(5), "abcdef", [""]),
        (t.Text(5), ["a"], [""]),
        (t.Text(5), True, [""]),
        (t.Text(5), "a\x00", [""]),
        (t.Text(5), "\ud800", [""]),
        (t.Markdown(5), "abcdef", [""]),
        (t.Choice("outcome"), "splendid", [""]),
        (t.Choice("outcome"), "other:autre", [""]),
        (t.Choice("institution_type"), "other: ", [""]),
        (t.Choices("discipline", 1), ["dance", "jazz"], [""]),
        (t.Choices("discipline"), "dance", [""]),
        (t.Tags(1), ["a", "b"], [""]),
        (t.Tags(1), ["?!"], [""]),
        (t.Flag(), "peut-être", [""]),
        (t.Number(1, 5), 6, [""]),
        (t.Number(), "douze", [""]),
        (t.Number(), True, [""]),
        (t.Date(), "2026-02-30", [""]),
        (t.Link(), "javascript:alert(1)", [""]),
        (t.Link(), "https://", [""]),
        (t.Link(), "https://a.fr/<b>", [""]),
        (t.Link(), "https://[", [""]),
        (t.LanguageTag(), "français", [""]),
        (t.Slug(), "../etc", [""]),
        (STEP, "texte", [""]),
        (STEP, {"title": "Un", "who": "x"}, ["who"]),
        (STEP, {"text": "sans titre"}, ["title"]),
        (STEP, {"title": "x" * 21, "text": "y" * 41}, ["title", "text"]),
        (t.Rows(STEP, 2), [{"title": "Un"}, {"text": "?"}], ["1.title"]),
        (t.Rows(STEP, 1), [{"title": "Un"}, {"title": "Deux"}], [""]),
        (t.Rows(STEP, 1), {"title": "Un"}, [""]),
    ],
)
def test_clean_refuses(type_: t.Type, value: Any, paths: list[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        type_.clean(value)
    assert list(refusal.value.fields) == paths


def test_markdown_in_names_every_text_by_its_path() -> None:
    rows = t.Rows(STEP, 5)
    value = [{"title": "Un", "text": "*a*"}, {"title": "Deux"}, {"title": "Trois", "text": "b"}]
    assert list(t.markdown_in(rows, value, "steps")) == [("steps.0.text", "*a*"), ("steps.2.text", "b")]


def test_codes_in_finds_the_codes_of_records_and_rows() -> None:
    rows = t.Rows(t.Record((t.Part("who", "Qui", t.Choices("staffing")), t.Part("name", "Nom", t.Text()))))
    assert t.codes_in(rows, [{"who": ["data"]}, {"name": "x"}]) == [("staffing", "data")]
    assert list(t.vocabularies_in(rows)) == ["staffing"]
