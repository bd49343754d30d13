"""The form layer: every type of the field table goes to the browser and comes back as the same value."""

from typing import Any

import pytest
from django.http import QueryDict

from frontend.pages.writing.inputs import Input, input_for, values_sent
from practices.fields import clean_content, fields_for
from practices.fields.table import FIELDS, field_of
from tests.factories.sheets import PUBLISHABLE

pytestmark = pytest.mark.django_db
WHOLE: dict[str, Any] = PUBLISHABLE | {
    "title": "Le podcast du bar",
    "kind": "practice",
    "language": "fr",
    "tools": [{"name": "Audacity", "licence": "GPL"}, {"name": "Micro", "price": "80 €"}],
    "owner_contact": {"name": "Camille", "accepts_questions": True},
    "footprint": {"level": 4, "text": "Peu."},
    "access": ["other:Gilets vibrants"],
    "based_on": {"url": "https://exemple.example/"},
    "what": "Un.\n\nDeux.",
}


def browser_of(item: Input) -> list[tuple[str, str]]:
    """Return what a browser sends of an input left as it is shown."""
    if item.widget in ("record", "rows"):
        return [pair for inner in (*item.parts, *item.rows) for pair in browser_of(inner)]
    if item.widget == "tags":
        return [(item.name, word) for word in item.value]
    if item.widget == "flag":
        return [(item.name, "on")] if item.value else []
    other = [(f"{item.name}.other", item.other)] if item.other is not None else []
    if item.options or item.widget in ("choice", "choices"):
        chosen = [(item.name, option.value) for option in item.options if option.is_chosen]
        return (chosen or ([(item.name, "")] if item.widget == "choice" else [])) + other
    return [(item.name, str(item.value).replace("\n", "\r\n"))]


def sent(pairs: list[tuple[str, str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    return query


def test_a_whole_sheet_left_as_it_is_comes_back_equal() -> None:
    fields = [field for field in fields_for("practice") if field.code in WHOLE]
    shown = [input_for(field, "practice", WHOLE[field.code], {}) for field in fields]
    pairs = [pair for item in shown for pair in browser_of(item)]
    values = values_sent(fields, "practice", sent(pairs))
    assert clean_content(values, genre="practice") == clean_content(WHOLE, genre="practice")


@pytest.mark.parametrize("genre", ["practice", "guide", "need"])
def test_every_field_has_an_input_that_left_empty_says_nothing(genre: str) -> None:
    fields = fields_for(genre)
    pairs = [pair for field in fields for pair in browser_of(input_for(field, genre, None, {}))]
    values = clean_content(values_sent(fields, genre, sent(pairs)), genre=genre)
    assert [value for value in values.values() if value not in (None, "", [], {})] == []


def test_rows_keep_their_order_and_their_place_in_errors() -> None:
    pairs = [("tools.0.name", "Un"), ("tools.1.name", ""), ("tools.2.price", "3"), ("tools.3.name", "")]
    assert values_sent([field_of("tools")], "practice", sent(pairs)) == {"tools": [{"name": "Un"}, {}, {"price": "3"}]}
    shown = input_for(field_of("tools"), "practice", [{"name": "Un"}, {}, {"price": "3"}], {"tools.2.name": ["Non"]})
    assert [row.parts[0].errors for row in shown.rows] == [(), (), ("Non",), (), ()]


def test_rows_end_with_two_empty_ones_within_the_limit() -> None:
    assert [len(input_for(field_of("steps"), "practice", [{}] * n, {}).rows) for n in (0, 13, 14, 15)] == [
        2,
        15,
        15,
        15,
    ]


def test_tags_come_one_by_one_or_by_commas() -> None:
    query = sent([("tags", "podcast"), ("tags", "vidéo, son ;"), ("tags", "")])
    assert values_sent([field_of("tags")], "practice", query) == {"tags": ["podcast", "vidéo", "son"]}


def test_an_address_of_a_sheet_gives_its_identifier() -> None:
    query = sent([("based_on.sheet", "https://commons.example/fiches/01ARZ3NDEKTSV4RRFFQ69G5FAV/un-titre/")])
    assert values_sent([field_of("based_on")], "practice", query) == {
        "based_on": {"sheet": "01ARZ3NDEKTSV4RRFFQ69G5FAV"}
    }


def test_choices_of_another_object_are_offered_in_every_row_and_keep_what_was_chosen() -> None:
    offers = {"media.upload": [("a", "photo.jpg")]}
    shown = input_for(field_of("media"), "practice", [{"upload": "b"}], {}, offers=offers)
    boxes = [[(o.value, o.label, o.is_chosen) for o in row.parts[0].options] for row in shown.rows]
    assert boxes == [[("a", "photo.jpg", False), ("b", "b", True)], *[[("a", "photo.jpg", False)]] * 2]


def test_every_input_bears_the_name_of_its_path() -> None:
    names = {input_for(field, "practice", None, {}).name for field in FIELDS}
    assert names == {field.code for field in FIELDS}
