"""Proves marks and passages."""

from commons.search.engines.highlights import Match, marked, passage, spans, spots_in


def _match(*words: str) -> Match:
    return lambda word: words.index(word) if word in words else -1


def test_only_our_own_marks_are_html() -> None:
    text = "<b>Été</b> & été"
    spots = spots_in(text, _match("ete"))
    assert marked(text, spans(spots)) == "&lt;b&gt;<mark>Été</mark>&lt;/b&gt; &amp; <mark>été</mark>"


def test_a_short_text_is_its_own_passage() -> None:
    assert passage("Une ligne\net l’autre", []) == ("Une ligne et l’autre", [])


def test_the_passage_holds_most_words_of_the_question_and_cuts_between_words() -> None:
    text = "alpha " + "remplissage " * 60 + "alpha puis beta " + "remplissage " * 60
    cut, where = passage(text, spots_in(text, _match("alpha", "beta")))
    assert [cut[a:b] for a, b in where] == ["alpha", "beta"]
    assert cut.startswith("…remplissage ")
    assert cut.endswith(" remplissage…")
    assert len(cut) <= 222
