"""French puts a space before : ; ! ? and inside « »: in pages, mails and demonstration it never ends a line there."""

import re

import pytest
from babel.messages.pofile import read_po

from tests.architecture.tree import APPS, ROOT, text_of, tracked, written

# A template as it is read: what is filled in stands for a word, and what is translated is judged in the catalogues.
LEFT_OUT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
FILLED_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
BREAKABLE = re.compile(r"(?<=[^\s\u00a0\u202f]) [:;!?»](?=$|[\s<\").,…»’])|« ", re.MULTILINE)
WIDE = re.compile(r"[ \u00a0\u202f][\u00a0\u202f]|[\u00a0\u202f] ")
DEMONSTRATION = ("frontend/demo/data/", "commons/vocabularies/data/")


@pytest.mark.parametrize("floor", APPS)
def test_no_sentence_breaks_before_its_punctuation(floor: str) -> None:
    with (ROOT / floor / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        sources = [message.id for message in read_po(file, locale="en")]
    said = [text for source in sources for text in ([source] if isinstance(source, str) else source)]
    assert len(said) > 10
    assert [text for text in said if BREAKABLE.search(text)] == []


def test_no_line_of_a_page_starts_with_french_punctuation() -> None:
    ours = [path for path in written(".html", ".txt") if path.parts[0] in APPS]
    read = {str(path): FILLED_IN.sub("x", LEFT_OUT.sub("", text_of(path))) for path in ours}
    assert {path: BREAKABLE.findall(text) for path, text in read.items() if BREAKABLE.search(text)} == {}


def test_no_sentence_that_python_joins_breaks_before_its_punctuation() -> None:
    joined = re.compile(r"\} [:;!?»](?=[\s\"\\])|« \{")
    code = {str(path): text_of(path) for path in written(".py") if path.parts[0] in APPS}
    faults = {path: joined.findall(text) for path, text in code.items() if joined.search(text)}
    assert {
        path: found for path, found in faults.items() if "management" not in path
    } == {}  # a terminal breaks no line


def test_no_line_of_the_demonstration_starts_with_french_punctuation() -> None:
    texts = {str(path): text_of(path) for path in tracked() if str(path).startswith(DEMONSTRATION)}
    assert len(texts) > 50
    assert {path: BREAKABLE.findall(text) for path, text in texts.items() if BREAKABLE.search(text)} == {}
    assert [path for path, text in texts.items() if WIDE.search(text)] == []


def test_what_is_looked_for_is_found() -> None:
    said = ("Qui ?", "Qui\u00a0?", "« Oui\u00a0»", "une maison : la vôtre")
    assert [bool(BREAKABLE.search(text)) for text in said] == [True, False, True, True]
    assert FILLED_IN.sub("x", "{{ field.label }} : {{ error }}") == "x : x"
