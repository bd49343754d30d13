"""Proves what a word is."""

import pytest

from commons.search.engines.analyzer import Token, stem, tokens, words
from commons.search.engines.protocol import composed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L’Œuvre d'Art", ["l", "oeuvre", "d", "art"]),
        ("ÉCOLE, école ; Ecole", ["ecole", "ecole", "ecole"]),
        ("porte-voix 2025–2026", ["porte", "voix", "2025", "2026"]),
        ("« Straße » 🎭", ["strasse"]),
        (composed("e\u0301te\u0301"), ["ete"]),
        ("", []),
    ],
)
def test_words_are_folded_and_elisions_stand_apart(text: str, found: list[str]) -> None:
    assert words(text) == found
    assert [token.word for token in tokens(text)] == found


def test_tokens_say_where_words_stand_in_the_text_itself() -> None:
    text = "🎭 L’œuvre İstanbul été"
    assert [text[t.start : t.end] for t in tokens(text)] == ["L", "œuvre", "İstanbul", "été"]
    assert list(tokens("à bas"))[1] == Token("bas", 2, 5)


def test_accents_are_folded_before_stemming_so_that_both_spellings_share_a_stem() -> None:
    assert stem(words("médiations")[0]) == stem(words("mediation")[0])
    assert stem("musicales") == stem("musical")


def test_short_words_keep_their_letters() -> None:
    assert [stem("vae"), stem("va")] == ["vae", "va"]
