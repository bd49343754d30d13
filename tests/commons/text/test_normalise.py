"""When two texts count as the same word, and the slugs made of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commons.text.normalise import normal_key, on_one_line, slug_for


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Opéra", "opera"),
        ("L’Œuvre d'Art", "l oeuvre d art"),
        ("ŒUVRE — l'été…", "oeuvre l ete"),
        ("Curriculum vitæ", "curriculum vitae"),
        ("  a\u00a0b\n c_d ", "a b c d"),
        ("Straße № ½", "strasse no 1 2"),
        ("ﬁn", "fin"),
        ("e\u0301te\u0301", "ete"),
        ("🎭 !?", ""),
        ("Łódź", "lodz"),
        ("théâtre 2.0", "theatre 2 0"),
    ],
)
def test_normal_key(text: str, key: str) -> None:
    assert normal_key(text) == key


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" Une\n  question\u00a0? ", "Une question\u00a0?"),
        ("14\u202fh\t30", "14\u202fh 30"),
        ("\u00a0\n\u00a0", ""),
    ],
)
def test_on_one_line_keeps_the_spaces_that_do_not_break(text: str, line: str) -> None:
    assert on_one_line(text) == line


@given(st.text())
def test_normal_key_is_idempotent(text: str) -> None:
    assert normal_key(normal_key(text)) == normal_key(text)


@pytest.mark.parametrize(
    ("text", "max_length", "slug"),
    [
        ("L’Été à l’Opéra", 60, "l-ete-a-l-opera"),
        ("un deux trois", 7, "un-deux"),
        ("un deux trois", 9, "un-deux"),
        ("un deux trois", 13, "un-deux-trois"),
        ("anticonstitutionnellement", 6, "antico"),
        ("🎭", 60, ""),
        ("Москва 2030", 60, "2030"),
    ],
)
def test_slug_for(text: str, max_length: int, slug: str) -> None:
    assert slug_for(text, max_length) == slug


@given(st.text(), st.integers(1, 40))
def test_slug_for_anything_is_a_slug(text: str, max_length: int) -> None:
    slug = slug_for(text, max_length)
    assert len(slug) <= max_length
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
