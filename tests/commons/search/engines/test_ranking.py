"""The order of what is found: rare words, few errors, nearness, a better place, the word as typed, in that order."""

from collections.abc import Mapping

import pytest

from commons.search.engines.asking import read_question
from commons.search.engines.ranking import ordered, weight_of
from commons.search.engines.synonyms import by_expression

EMPTY = {"title": "", "keywords": "", "summary": "", "body": ""}
SAME = by_expression([["billetterie", "ticketing"], ["vr", "réalité virtuelle"]])


def _order(text: str, *documents: Mapping[str, str], counts: Mapping[str, int] | None = None) -> list[int]:
    return ordered([{**EMPTY, **one} for one in documents], read_question(text), counts or {}, 100, SAME)


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    assert weight_of(1, 100) > weight_of(50, 100)
    assert weight_of(100, 100) == 600
    assert weight_of(0, 100) == pytest.approx(999.1, abs=0.1)
    documents = ({"body": "le théâtre"}, {"body": "une captation"})
    assert _order("théâtre captation ", *documents, counts={"theatre": 90, "captation": 2}) == [1, 0]
    assert _order("théâtre captation ", *documents, counts={"theatre": 2, "captation": 90}) == [0, 1]


def test_more_words_come_before_fewer() -> None:
    assert _order("podcast école ", {"title": "Podcast"}, {"body": "À l’école, un podcast"}) == [1, 0]


def test_an_error_costs_more_than_the_title_gives() -> None:
    assert _order("mediaton ", {"title": "Méditons"}, {"body": "mediaton"}) == [1, 0]
    assert _order("médiation ", {"title": "Cuisine"}, {"body": "la mediaton"}) == [1, 0]


def test_an_error_on_the_first_letter_counts_double_and_short_words_take_none() -> None:
    assert _order("covoiturage ", {"body": "kovoiturage"}, {"body": "covoiturag"}) == [1, 0]
    assert _order("autisme ", {"body": "mutisme"}, {"body": "autismes"}) == [1, 0]
    assert _order("bars ", {"title": "Bors"}, {"body": "au bar, bars"}) == [1, 0]


def test_near_words_come_first_in_their_order_before_the_other() -> None:
    far = {"body": "santé " + "et puis " * 10 + "mentale"}
    assert _order("santé mentale ", far, {"body": "mentale santé"}, {"body": "santé mentale"}) == [2, 1, 0]


def test_places_decide_among_equals_then_who_came_first() -> None:
    body, summary, title = {"body": "podcast"}, {"summary": "podcast"}, {"title": "podcast"}
    keywords = {"keywords": "son | podcast"}
    assert _order("podcast ", body, summary, keywords, title) == [3, 2, 1, 0]
    assert _order("podcast ", body, dict(body)) == [0, 1]
    assert _order("podcasts ", {"body": "podcast"}, {"body": "podcasts"}) == [1, 0]  # as it was typed


def test_the_last_word_may_still_grow() -> None:
    assert _order("covoit", {"title": "Covers"}, {"body": "covoiturage"}) == [1, 0]
    assert _order("handicap psichi", {"title": "Handicap"}, {"body": "handicap psychique"}) == [1, 0]


def test_synonyms_stand_for_a_word_and_for_an_expression() -> None:
    assert _order("billetterie ", {"title": "Cuisine"}, {"body": "ticketing"}) == [1, 0]
    assert _order("VR ", {"title": "Cuisine"}, {"body": "en réalités virtuelles"}) == [1, 0]
    assert _order("réalité virtuelle ", {"title": "Une réalité"}, {"body": "VR"}) == [1, 0]


def test_a_quoted_phrase_counts_by_its_best_place() -> None:
    phrase = "école de théâtre"
    assert _order(f'"{phrase}" saison ', {"body": f"{phrase}, saison"}, {"title": phrase, "body": "saison"}) == [1, 0]
