"""Houses like mine: how alike, and why."""

from typing import Any

import pytest
from django.utils import translation

from practices.queries import houses_like, likeness
from tests.factories.people import InstitutionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("other", "score", "reasons"),
    [
        ({}, 1.0, ("théâtre", "de 6 à 15 personnes", "théâtre", "de 250 k€ à 1 M€ de budget", "rural")),
        (
            {"type": "museum", "disciplines": ["heritage"], "team_size": "t5", "budget": "i5", "territory": "overseas"},
            0.1,
            (),
        ),
    ],
)
def test_likeness_weighs_the_facts(other: dict[str, Any], score: float, reasons: tuple[str, ...]) -> None:
    found = likeness(InstitutionFactory.create(), InstitutionFactory.create(**other))
    assert found.score == score
    assert found.reasons == reasons


def test_likeness_leaves_out_what_was_not_given() -> None:
    mine = InstitutionFactory.create(budget="", territory="", disciplines=[], team_size="nd")
    assert likeness(mine, InstitutionFactory.create()).score == 1.0
    assert (
        likeness(InstitutionFactory.create(type="", budget="", territory="", disciplines=[], team_size=""), mine).score
        == 0
    )


def test_likeness_explains_in_words() -> None:
    mine = InstitutionFactory.create(disciplines=["dance", "jazz"])
    other = InstitutionFactory.create(disciplines=["dance", "jazz"], budget="", territory="metropolis")
    first, size, shared = likeness(mine, other).reasons
    assert (first, size, shared) == ("théâtre", "de 6 à 15 personnes", "danse, jazz")
    with translation.override("en"):
        _first, size, _shared = likeness(mine, other).reasons
    assert size == "6 to 15 people"


@pytest.mark.parametrize(("budget", "said"), [("i1", "moins de 250 k€ de budget"), ("i5", "plus de 10 M€ de budget")])
def test_likeness_says_open_bands_as_one_would(budget: str, said: str) -> None:
    facts = {"budget": budget, "type": "", "team_size": "t5", "disciplines": [], "territory": ""}
    found = likeness(InstitutionFactory.create(**facts), InstitutionFactory.create(**facts))
    assert found.reasons == ("plus de 250 personnes", said)


def test_houses_like_leaves_out_itself_and_the_unlike() -> None:
    mine, twin = InstitutionFactory.create(), InstitutionFactory.create()
    InstitutionFactory.create(
        type="museum", disciplines=["heritage"], team_size="t5", budget="i5", territory="overseas"
    )
    assert set(houses_like(mine)) == {twin.pk}
