"""Owns what a word is: folding, splitting, stems, stop words. The same for documents, questions and highlights."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import tantivy

SHORT = 3
_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ĳ": "ij"})
_SMALL = """
l d j m n s t c qu jusqu lorsqu puisqu quoiqu a au aux avec ce ces cet cette dans de des du elle elles en est
et etre eux il ils je la le les leur leurs lui ma mais me mes moi mon ne nos notre nous on ou par pas pour que
quel quelle quelles quels qui sa sans se ses si son sont sur ta te tes toi ton tu un une vos votre vous y
quelqu quelque quelques comment quoi faire fait avoir ont ai as the of and to in an is for on with how
"""
STOP_WORDS = frozenset(_SMALL.split())
"""Left out of questions, never of documents, so that they break no phrase. French, folded; a few English ones."""


class _Folding(dict[int, str]):
    """Maps one character to one: no accent, no case. Filled as characters come, so that offsets never move."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        bare = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)).lower()
        self[point] = bare if len(bare) == 1 else char.lower() if len(char.lower()) == 1 else char
        return self[point]


_FOLDING = _Folding()
_STEMMER = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer("french")).build()


class Token(NamedTuple):
    """A word of a text, folded, and where it stands."""

    word: str
    start: int
    end: int


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the words of a composed text in order: letters and digits; `l'`, `d'` and `qu'` are words apart."""
    for found in _WORD.finditer(text.translate(_FOLDING), start, len(text) if end is None else end):
        word = found.group()
        yield Token(word if word.isascii() else word.translate(_LIGATURES), *found.span())


def words(text: str) -> list[str]:
    """Return the folded words of a composed text."""
    return [word if word.isascii() else word.translate(_LIGATURES) for word in _WORD.findall(text.translate(_FOLDING))]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the French stem of a folded word (Snowball); accents are gone before stemming, on both sides.

    Words of three letters or less are left alone: many are acronyms (VAE is not « va »).
    """
    if len(word) <= SHORT:
        return word
    return str(_STEMMER.analyze(word)[0])
