"""Reads the vocabularies, from memory on hot paths."""

import time
from dataclasses import dataclass, field

from django.utils.translation import get_language

from commons.vocabularies.models import Entry, Vocabulary

FRESH_FOR_SECONDS = 60.0
OTHER = "other"
OTHER_PREFIX = "other:"


@dataclass
class _Shelf:
    """What this process remembers of the vocabularies, and until when."""

    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    accepts_other: dict[str, bool] = field(default_factory=dict)
    fresh_until: float = 0.0


_shelf = _Shelf()


def entries_of(vocabulary: str) -> dict[str, Entry]:
    """Return a vocabulary's entries by code, in display order; empty when the vocabulary is unknown.

    Kept in memory: an edit shows at once in its own process (`forget`) and within a minute in others.
    """
    if time.monotonic() >= _shelf.fresh_until:
        _read()
    return _shelf.entries.get(vocabulary, {})


def choices_of(vocabulary: str, *, keep: tuple[str, ...] = ()) -> list[Entry]:
    """Return the entries a form offers: all but the deprecated ones, unless a value in `keep` still bears them."""
    return [e for e in entries_of(vocabulary).values() if not e.deprecated_by or e.code in keep]


def is_code(vocabulary: str, code: str) -> bool:
    """Tell whether the vocabulary takes this code; `other:free text` where it accepts others."""
    known = entries_of(vocabulary)
    if code.startswith(OTHER_PREFIX):
        return _shelf.accepts_other.get(vocabulary, False) and bool(code.removeprefix(OTHER_PREFIX).strip())
    return code in known


def label_of(vocabulary: str, code: str) -> str:
    """Return a code's label in the active language; a free text as typed, an unknown code as it is."""
    if code.startswith(OTHER_PREFIX):
        return code.removeprefix(OTHER_PREFIX)
    entry = entries_of(vocabulary).get(code)
    if entry is None:
        return code
    return entry.label_en if get_language() == "en" else entry.label_fr


def rank_of(vocabulary: str, code: str) -> int | None:
    """Return a code's place on its vocabulary's scale, when it has one."""
    entry = entries_of(vocabulary).get(code)
    return entry.rank if entry else None


def forget() -> None:
    """Read the vocabularies anew at the next question."""
    _shelf.fresh_until = 0.0


def _read() -> None:
    vocabularies = Vocabulary.objects.order_by("code")
    _shelf.accepts_other = {v.code: v.accepts_other for v in vocabularies}
    shelves: dict[str, dict[str, Entry]] = {code: {} for code in _shelf.accepts_other}
    for entry in Entry.objects.order_by("vocabulary_id", "position"):
        shelves[entry.vocabulary_id][entry.code] = entry
    _shelf.entries = shelves
    _shelf.fresh_until = time.monotonic() + FRESH_FOR_SECONDS
