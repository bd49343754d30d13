"""Owns the one spelling under which two texts count as the same word (comparison keys and slugs), and lines of text."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l"})
_NOT_WORD = re.compile(r"[\W_]+")
_BREAKING = re.compile(r"[^\S\u00a0\u202f]+")


def normal_key(text: str) -> str:
    """Return `text` folded for comparison: no accents, no case, ligatures spelt out, single spaces.

    `L'Œuvre d’Art` and `l oeuvre d art` share one key. Anything but letters and digits separates
    words, so a text of punctuation alone has the empty key. Idempotent.
    """
    # Decomposed first so that é loses its accent, folded after so that ß and İ settle, and again
    # since folding may itself compose marks.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", bare.translate(_LIGATURES)).strip()


def on_one_line(text: str) -> str:
    """Return a text without its line breaks and doubled spaces; spaces that do not break, which French needs, stay."""
    return _BREAKING.sub(" ", text).strip()


def slug_for(text: str, max_length: int = 60) -> str:
    """Return `text` as a lower-case ASCII slug of at most `max_length` characters.

    Cut between words when the first word fits, inside it otherwise. Empty when `text` has no Latin letter
    and no digit: the caller decides what stands in.
    """
    words = re.findall(r"[a-z0-9]+", normal_key(text))
    slug = "-".join(words)
    if len(slug) <= max_length:
        return slug
    if slug[max_length] == "-":
        return slug[:max_length]
    whole, _, _ = slug[:max_length].rpartition("-")
    return whole or slug[:max_length]
