"""Plain text, excerpts, word counts and reading time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commons.text.excerpts import excerpt, reading_minutes, text_of_html, text_of_markdown, word_count


def test_text_of_markdown_keeps_what_is_read() -> None:
    source = "## Titre\n\nUn **mot**[^1] <3 &\nsuite\n\n- a\n- [x](https://x.org)\n\n"
    source += "| c | d |\n|---|---|\n| 1 | 2 |\n\n[^1]: note"
    assert text_of_markdown(source).split("\n") == [
        "Titre", "Un mot <3 &", "suite", "a", "x", "c", "d", "1", "2", "note",
    ]  # fmt: skip


def test_text_of_html_decodes_and_leaves_marks_out() -> None:
    assert text_of_html("<p>l&#39;&eacute;t&eacute;&nbsp;!<br>a &lt;b&gt;</p>") == "l'été\u00a0!\na <b>"
    assert text_of_html("") == ""


@pytest.mark.parametrize(
    ("text", "max_length", "short"),
    [
        ("", 10, ""),
        ("Bonjour le monde", 16, "Bonjour le monde"),
        ("Bonjour le monde", 15, "Bonjour le…"),
        ("Bonjour le monde", 11, "Bonjour le…"),
        ("Bonjour, le monde", 12, "Bonjour, le…"),
        ("Bonjour, le monde", 10, "Bonjour…"),
        ("Anticonstitutionnellement", 6, "Antic…"),
        ("un\n\ndeux", 20, "un deux"),
        ("Vraiment quoi\u00a0? Oui", 15, "Vraiment…"),
        ("Vraiment quoi\u00a0? Oui", 16, "Vraiment quoi\u00a0?…"),
    ],
)
def test_excerpt(text: str, max_length: int, short: str) -> None:
    assert excerpt(text, max_length) == short


@given(st.text(), st.integers(2, 50))
def test_excerpt_is_never_too_long(text: str, max_length: int) -> None:
    assert len(excerpt(text, max_length)) <= max_length


@pytest.mark.parametrize(("text", "count"), [("", 0), ("l’œuvre d'art", 2), ("porte-voix, 3 mots !", 3), ("🎭 — …", 0)])
def test_word_count(text: str, count: int) -> None:
    assert word_count(text) == count


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (200, 1), (201, 2), (1000, 5)])
def test_reading_minutes(words: int, minutes: int) -> None:
    assert reading_minutes("mot " * words) == minutes
