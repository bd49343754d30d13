"""Proves that an address says what is asked, and that each change of it is an address again."""

from typing import Any

import pytest
from django.http import QueryDict

from frontend.pages.search.asking import MOST_PAGES, Asked, codes_up_to
from frontend.pages.search.scopes import CATALOGUE, EVERYTHING

pytestmark = pytest.mark.django_db


def test_an_address_says_the_same_when_it_is_read_and_written_again() -> None:
    address = "kind=sheet&format=podcast&format=vod&q=m%C3%A9dia&sort=tried&full=1"
    asked = Asked.of(QueryDict(address), EVERYTHING)
    assert set(asked.url().removeprefix("/recherche/?").split("&")) == set(address.split("&"))
    assert Asked.of(QueryDict(asked.url().partition("?")[2]), EVERYTHING) == asked


@pytest.mark.parametrize(
    ("scope", "words", "order"), [(CATALOGUE, "", "new"), (CATALOGUE, "x", ""), (EVERYTHING, "", "new")]
)
def test_words_are_answered_by_nearness_and_a_list_by_date(scope: Any, words: str, order: str) -> None:
    asked = Asked.of(QueryDict(f"q={words}&sort=zzz"), scope)
    assert (asked.sort, asked.url(q="")) == (order, asked.url(q="").partition("?")[0])


def test_a_page_that_is_none_is_the_nearest_one() -> None:
    pages = {text: Asked.of(QueryDict(f"page={text}"), EVERYTHING).page for text in ("", "x", "0", "3", "99999", "²")}
    assert pages == {"": 1, "x": 1, "0": 1, "3": 3, "99999": MOST_PAGES, "²": 1}


def test_a_scale_is_asked_up_to_a_code() -> None:
    assert codes_up_to("effort_band", "e2") == ["e1", "e2"]
    assert codes_up_to("effort_band", "zzz") == []
    assert Asked.of(QueryDict("effort_max=e2&effort_setup=e4")).chosen == {"effort_setup": ["e4"]}


def test_clearing_keeps_the_tab() -> None:
    asked = Asked.of(QueryDict("q=x&kind=sheet&format=podcast"), EVERYTHING)
    assert asked.cleared() == "/recherche/?kind=sheet"
