"""How any value of the field table is made ready to be shown."""

from typing import Any

import pytest
from django.utils import translation

from practices.fields.display import Shown, day, plain, shown, shown_fields
from practices.fields.table import field_of
from practices.fields.types import Flag, Link

pytestmark = pytest.mark.django_db


def _shown(code: str, value: Any, **html: str) -> Shown:
    return shown(field_of(code), value, {path.replace("__", "."): text for path, text in html.items()})


@pytest.mark.parametrize(
    ("code", "value", "shape", "words"),
    [
        ("title", "Le bar", "text", "Le bar"),
        ("language", "en", "text", "Anglais"),
        ("outcome", "worked", "text", "A fonctionné"),
        ("domain", ["mediation", "content"], "labels", "Médiation, Production de contenus"),
        ("domain", ["mediation"], "labels", "Médiation"),
        ("tags", ["podcast", "son"], "labels", "podcast, son"),
        ("cost_setup", {"band": "b1", "amount": 12000}, "parts", "Moins de 1 k€, 12 000"),
        ("period", {"start": "2026-01-05"}, "parts", "5 janvier 2026"),
    ],
)
def test_short_values_are_words(code: str, value: Any, shape: str, words: str) -> None:
    one = _shown(code, value)
    assert (one.shape, one.is_short, one.words.replace("\xa0", " ").replace("\u202f", " ")) == (shape, True, words)


def test_markdown_is_shown_as_its_html() -> None:
    one = _shown("problem", "Un **mot**", problem="<p>Un <strong>mot</strong></p>")
    assert (one.shape, one.text, one.is_short) == ("prose", "<p>Un <strong>mot</strong></p>", False)


def test_a_record_with_markdown_shows_its_parts() -> None:
    one = _shown("obstacles", {"codes": ["time"], "text": "Trop"}, obstacles__text="<p>Trop</p>")
    assert [(part.code, part.shape) for part in one.parts] == [("codes", "labels"), ("text", "prose")]
    assert not one.is_short


def test_rows_of_words_are_a_table_without_empty_columns() -> None:
    one = _shown("tools", [{"name": "Audacity", "price": "0"}, {"name": "Omeka"}])
    assert (one.shape, [str(label) for label in one.columns]) == ("table", ["Nom", "Prix"])
    assert one.rows == [["Audacity", "0"], ["Omeka", ""]]


def test_rows_of_one_column_are_labels() -> None:
    assert _shown("authors", [{"name": "Nour"}, {"name": "Lou"}]).words == "Nour, Lou"


def test_rows_with_links_are_records() -> None:
    one = _shown("media", [{"url": "https://exemple.fr/a", "alt": "Le bar", "licence": "CC-BY-4.0"}])
    assert (one.shape, [part.shape for part in one.groups[0]]) == ("records", ["link", "text", "text"])


def test_steps_are_steps() -> None:
    one = _shown("steps", [{"title": "Choisir", "text": "Trois", "who": ["mediation"]}], steps__0__text="<p>Trois</p>")
    assert (one.shape, [part.code for part in one.groups[0]]) == ("steps", ["title", "text", "who"])


def test_fields_come_in_the_tables_order_less_what_is_left() -> None:
    content = {"kind": "need", "title": "Compter", "problem": "Combien ?", "domain": ["mediation"], "summary": ""}
    assert [one.code for one in shown_fields(content, {}, leave=["kind"])] == ["title", "problem", "domain"]


def test_plain_words_of_rows_and_records_name_their_parts() -> None:
    rows = [{"name": "Écoutes", "before": "0", "after": "212"}]
    text = plain(field_of("results").type, {"text": "Bien.", "indicators": rows})
    assert text == "Récit : Bien.\nIndicateurs : Nom : Écoutes\nAvant : 0\nAprès : 212"


def test_plain_words_are_in_the_active_language() -> None:
    with translation.override("en"):
        assert plain(field_of("outcome").type, "worked") == "Worked"


def test_plain_words_of_the_rest() -> None:
    assert (plain(Flag(), value=True), plain(Link(), "https://a.fr"), plain(Flag(), value=False)) == (
        "oui",
        "https://a.fr",
        "",
    )


def test_a_day_that_is_none_stays_as_typed() -> None:
    assert day("bientôt") == "bientôt"
