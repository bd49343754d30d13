"""Proves how synonyms are looked up."""

from commons.search.engines.synonyms import by_expression, longest_at


def test_expressions_are_looked_up_by_their_folded_words_both_ways() -> None:
    known = by_expression([["Réalité virtuelle", "VR", "…"], ["seul"]])
    assert known == {("realite", "virtuelle"): {("vr",)}, ("vr",): {("realite", "virtuelle")}}


def test_the_longest_expression_wins() -> None:
    known = by_expression([["art", "arts"], ["art vivant", "spectacle"]])
    asked = ("un", "art", "vivant")
    assert [longest_at(asked, start, known) for start in range(3)] == [0, 2, 0]
