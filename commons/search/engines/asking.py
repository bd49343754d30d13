"""Owns reading what people type: words, the open last one, « quoted phrases », -left -out."""

import re
from dataclasses import dataclass

from commons.search.engines.analyzer import STOP_WORDS, words
from commons.search.engines.protocol import composed

MAX_WORDS = 10
MAX_LENGTH = 200
_PART = re.compile(r'(?P<minus>-?)(?:"(?P<straight>[^"]*)"|«(?P<french>[^»]*)»|(?P<word>\S+))')


@dataclass(frozen=True)
class Asked:
    """A question read: `is_open` when its last word may still grow."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    is_open: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was asked for, so that everything answers."""
        return not (self.words or self.phrases)


def read_question(text: str) -> Asked:
    """Return what a text asks. Stop words are left out unless they are all there is; the first ten words count."""
    text = composed(text)[:MAX_LENGTH]
    plain: list[str] = []
    phrases: list[tuple[str, ...]] = []
    without: list[tuple[str, ...]] = []
    for part in _PART.finditer(text):
        quoted = part["straight"] if part["straight"] is not None else part["french"]
        found = words(part["word"] if quoted is None else quoted)
        if part["minus"] and found:
            without.append(tuple(found))
        elif quoted is not None and found:
            phrases.append(tuple(found))
        else:
            plain += found
    is_open = bool(plain) and text[-1:].isalnum() and words(text)[-1:] == plain[-1:]
    telling = [word for word in plain if word not in STOP_WORDS] or plain
    is_open = is_open and telling[-1] == plain[-1] and len(telling) <= MAX_WORDS
    return Asked(tuple(telling[:MAX_WORDS]), tuple(phrases), tuple(without), is_open)
