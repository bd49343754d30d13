"""Proves the tolerance to typing errors."""

import pytest

from commons.search.engines.embedded.typos import Counted, allowance, candidates

KNOWN = {"mediation": 9, "mediateur": 5, "meditation": 2, "bibliotheque": 4, "musee": 7, "musique": 6, "podcast": 3}


def _starting_with(beginning: str) -> Counted:
    return [(word, count) for word, count in KNOWN.items() if word.startswith(beginning)]


def _found(word: str, *, is_open: bool = False) -> dict[str, int]:
    return candidates(word, is_open=is_open, starting_with=_starting_with, count_of=lambda word: KNOWN.get(word, 0))


@pytest.mark.parametrize(
    ("word", "errors"), [("vae", 0), ("bars", 0), ("ecole", 1), ("podcast", 1), ("mediation", 2), ("2025a", 0)]
)
def test_longer_words_may_hold_more_errors(word: str, errors: int) -> None:
    assert allowance(word) == errors


def test_nearest_then_commonest_comes_first() -> None:
    assert list(_found("mediaation").items()) == [("mediation", 1), ("meditation", 1)]


def test_two_swapped_letters_are_one_error() -> None:
    assert _found("podcsat") == {"podcast": 1}


def test_an_error_on_the_first_letter_counts_double() -> None:
    assert _found("nusee") == {}
    assert _found("pibliotheque") == {"bibliotheque": 2}
    assert _found("ibliotheque") == {"bibliotheque": 2}
    assert _found("ibbliotheque") == {"bibliotheque": 2}


def test_the_beginning_of_a_longer_word_is_enough_while_typing() -> None:
    assert _found("bibloi", is_open=True) == {"bibliotheque": 1}
    assert _found("bibloi") == {}
