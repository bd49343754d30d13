"""Owns what a text is without its markup: plain text, excerpts, word counts, reading time."""

import re
from html.parser import HTMLParser

from commons.text.markdown import render

WORDS_PER_MINUTE = 200
"""A careful reader on a screen: below the mean of 238 for English prose (Brysbaert, 2019)."""

_INLINE = frozenset(
    {"a", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "s", "small", "span", "strong", "sub", "sup", "u"}
)
_NOTE_MARKS = frozenset({"footnote-ref", "footnote-backref"})
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_ELLIPSIS = "…"


class _TextOnly(HTMLParser):
    """Collects the text of our own HTML, with a blank where a block begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._in_note_mark = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_note_mark = dict(attrs).get("class") in _NOTE_MARKS
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._in_note_mark = False
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._in_note_mark:
            self.parts.append(data)


def text_of_html(html: str) -> str:
    """Return the text of HTML that `render` made: one line per block, single blanks, no note marks."""
    reader = _TextOnly()
    reader.feed(html)
    reader.close()
    lines = (re.sub(r"[ \t\r\f]+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def text_of_markdown(source: str) -> str:
    """Return the words a reader of `source` would see. Costs a rendering: keep the HTML and use `text_of_html`."""
    return text_of_html(render(source, prefix="text"))


def excerpt(text: str, max_length: int = 160) -> str:
    """Return plain text on one line, cut between words to at most `max_length` characters, the ellipsis included.

    A first word longer than that is cut inside; a word is never parted from its French punctuation (« Quoi ? »),
    since non-breaking spaces are no place to cut.
    """
    line = re.sub(r"[ \t\r\n]+", " ", text).strip()
    if len(line) <= max_length:
        return line
    room = max_length - len(_ELLIPSIS)
    cut = line[:room] if line[room] == " " else line[:room].rpartition(" ")[0]
    return (cut or line[:room]).rstrip(" ,;:.–—-") + _ELLIPSIS


def word_count(text: str) -> int:
    """Return the number of words; `l’œuvre` and `porte-voix` are one each."""
    return sum(1 for _ in _WORD.finditer(text))


def reading_minutes(text: str) -> int:
    """Return the minutes it takes to read plain text, rounded up: 1 at least, 0 for nothing."""
    return -(-word_count(text) // WORDS_PER_MINUTE)
