"""What answers is the same, found by each choice of the words or by counting them; it is counted as it is found."""

import math
from pathlib import Path

import pytest

from commons.search.engines.embedded.query import CHOICES, MOST
from commons.search.engines.protocol import Document, Question, Shape
from tests.contracts.engines import embedded

WORDS = ("girafe", "tambour", "escalier", "fromage", "lanterne", "marteau", "papillon", "rideau", "violoncelle")


@pytest.mark.parametrize("asked", [2, 3, 5, 9])
def test_most_of_the_words_are_enough_when_nothing_has_all(tmp_path: Path, asked: int) -> None:
    texts = {str(held): " ".join(WORDS[:held]) for held in range(asked)}
    engine, shape = embedded(tmp_path), Shape((), ())
    engine.rebuild((Document("sheet", pk, "", ("public",), summary=text) for pk, text in texts.items()), shape)
    found = engine.search(Question(" ".join(WORDS[:asked]), ("public",), facets=("kind",)), shape)
    answering = {str(held) for held in range(math.ceil(asked * MOST), asked)} or {str(asked - 1)}
    assert {hit.id for hit in found.hits} == answering
    assert (found.total, found.facets) == (len(answering), {"kind": {"sheet": len(answering)}})


def test_both_ways_are_taken() -> None:
    ways = [math.comb(asked, math.ceil(asked * MOST)) for asked in (5, 9)]
    assert ways[0] <= CHOICES < ways[1]
