"""Owns the words that an index knows, remembered until it changes."""

import tantivy

from commons.search.engines.embedded.typos import Counted, candidates

MAX_BEGUN = 60


class Vocabulary:
    """The known words of one generation of the index."""

    def __init__(self, reader: tantivy.Searcher) -> None:
        self._reader = reader
        self._by_letter: dict[str, Counted] = {}
        self._typos: dict[tuple[str, bool], dict[str, int]] = {}

    def count_of(self, word: str) -> int:
        """Return how many documents hold the word as it is."""
        return self._reader.doc_freq("words", word)

    def starting_with(self, beginning: str) -> Counted:
        """Return the known words that begin so, commonest first; those of one letter are remembered."""
        if len(beginning) > 1:
            return self._reader.terms_with_prefix("words", beginning, limit=MAX_BEGUN)
        if beginning not in self._by_letter:
            self._by_letter[beginning] = self._reader.terms_with_prefix("words", beginning)
        return self._by_letter[beginning]

    def typos_of(self, word: str, *, is_open: bool) -> dict[str, int]:
        """Return the known words it may stand for, with their number of errors."""
        asked = (word, is_open)
        if asked not in self._typos:
            self._typos[asked] = candidates(
                word, is_open=is_open, starting_with=self.starting_with, count_of=self.count_of
            )
        return self._typos[asked]
