"""The difference between two texts, and that nothing is lost in it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commons.text import diffs
from commons.text.diffs import Change, word_diff


def both_sides(changes: list[Change]) -> tuple[str, str]:
    return (
        "".join(change.text for change in changes if change.op != "added"),
        "".join(change.text for change in changes if change.op != "removed"),
    )


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("", "", []),
        ("a", "a", [("same", "a")]),
        ("", "a", [("added", "a")]),
        ("a", "", [("removed", "a")]),
        ("Le théâtre est ouvert.", "Le théâtre fut ouvert.",
         [("same", "Le théâtre "), ("removed", "est "), ("added", "fut "), ("same", "ouvert.")]),
        ("un\n\ndeux", "un\n\ntrois", [("same", "un\n\n"), ("removed", "deux"), ("added", "trois")]),
    ],
)  # fmt: skip
def test_word_diff(before: str, after: str, changes: list[tuple[str, str]]) -> None:
    assert word_diff(before, after) == changes


TEXT = st.text("ab .\né’", max_size=60)


@given(TEXT, TEXT, st.sampled_from([0, 20, 200, diffs.MAX_COMPARED]))
def test_word_diff_loses_nothing_whatever_it_may_cost(before: str, after: str, limit: int) -> None:
    patch = pytest.MonkeyPatch()
    patch.setattr(diffs, "MAX_COMPARED", limit)
    changes = word_diff(before, after)
    patch.undo()
    assert both_sides(changes) == (before, after)
    assert all(one.op != other.op for one, other in pairwise(changes))
    assert all(change.text for change in changes)


def test_word_diff_of_long_texts_shows_words_inside_changed_lines() -> None:
    lines = [f"ligne numéro {number} du texte\n" for number in range(600)]
    before = "".join(lines)
    lines[300] = "ligne numéro trois cents du texte\n"
    lines[400] = "ligne numéro quatre cents du texte\n"
    changes = word_diff(before, "".join(lines))
    assert [change for change in changes if change.op != "same"] == [
        ("removed", "300 "), ("added", "trois cents "), ("removed", "400 "), ("added", "quatre cents "),
    ]  # fmt: skip


def test_word_diff_of_two_long_strangers_is_one_removal_and_one_addition() -> None:
    before, after = "a\n" * 3000 + "fin", "b\n" * 3000 + "fin"
    assert word_diff(before, after) == [("removed", "a\n" * 3000), ("added", "b\n" * 3000), ("same", "fin")]
