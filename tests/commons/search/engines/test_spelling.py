"""Proves that a misspelt question is said again as it is written, and a right one is left alone."""

import pytest

from commons.search.engines.spelling import spelt

WORDS = ("Médiation", "École", "bibliothèque")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mediaton ecole", "médiation école"),
        ("mediation ecole", ""),
        ("mediatoin à l’ecole", "médiation école"),
        ("bibliotheq", ""),
        ("biblitheq", "bibliothèque"),
        ("mediations", ""),
        ("xylophone", ""),
        ("", ""),
    ],
)
def test_a_question_is_said_as_the_words_found_are_written(text: str, said: str) -> None:
    assert spelt(text, WORDS) == said


def test_nothing_marked_says_nothing() -> None:
    assert spelt("mediaton", ()) == ""
