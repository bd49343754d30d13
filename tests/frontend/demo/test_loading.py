"""Loading is whole, repeatable without effect, and the same every time."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from commons.errors import CommonsError
from commons.people.models import User
from frontend.demo import echoes
from frontend.demo.files import rows_of
from frontend.demo.loading import load_demo
from frontend.demo.removal import remove_demo
from practices.models import Rating, Sheet, Trial
from tests.factories.pages import signed_in
from tests.frontend.demo.conftest import Picture

MOST_ELEMENTS = 800


def _told(rows: list[dict[str, Any]]) -> list[Any]:
    """Return what versions say, without the identifiers that each database draws for itself."""
    return [(row["number"], row["content"] | {"based_on": None}, row["house"], row["created_at"]) for row in rows]


def test_load_demo_adds_everything(loaded: int) -> None:
    trials, ratings = Trial.objects.count(), Rating.objects.count()
    assert (Sheet.objects.count(), trials, ratings) == (30, 28, 65)
    assert loaded == 24 + 20 + 3 + 30 + trials + ratings + 5 + 5 + 2 + 5 + 1


@pytest.mark.usefixtures("loaded")
def test_no_sheet_of_the_demo_is_heavier_than_800_elements_whoever_reads() -> None:
    for client in (Client(), signed_in(User.objects.get(email="ines.karvel@exemple.example"))):
        weights = {}
        for sheet in Sheet.objects.published():
            page = client.get(sheet.get_absolute_url())
            weights[sheet.slug] = len(re.findall(r"<[a-z]", page.content.decode()))
        assert {slug: weight for slug, weight in weights.items() if weight > MOST_ELEMENTS} == {}


@pytest.mark.usefixtures("loaded")
def test_load_demo_again_changes_nothing(picture: Callable[[], Picture], today: datetime.date) -> None:
    before = picture()
    assert load_demo(today + datetime.timedelta(days=1)) == 0
    assert picture() == before


@pytest.mark.usefixtures("loaded")
def test_load_demo_is_the_same_every_time(picture: Callable[[], Picture], today: datetime.date) -> None:
    first = _told(picture()["practices.Version"])
    remove_demo()
    load_demo(today)
    assert _told(picture()["practices.Version"]) == first


@pytest.mark.usefixtures("loaded")
def test_load_demo_brings_back_only_what_is_missing(today: datetime.date) -> None:
    Sheet.objects.get(source_key="demo:strategie-sur-une-page").delete()
    assert load_demo(today) == 1 + 2
    assert Sheet.objects.count() == 30


@pytest.mark.usefixtures("loaded")
def test_load_demo_is_all_or_nothing(
    monkeypatch: pytest.MonkeyPatch, picture: Callable[[], Picture], today: datetime.date
) -> None:
    remove_demo()
    before = picture()
    bad = next(row for row in rows_of("trials") if row["slug"] == "veille-hangar") | {"recommend": 11}
    monkeypatch.setattr(echoes, "rows_of", lambda _name: [bad])
    with pytest.raises(CommonsError):
        load_demo(today)
    assert picture() == before
    assert User.objects.count() == 0
