"""What is refused to the parser, and what never may be."""

from pathlib import Path

import pytest

from commons.text import cost
from commons.text.cost import is_affordable

PARAGRAPH = "Un paragraphe **ordinaire**, avec [un lien](https://x.org/a_b) et une note[^1].\n\n"


@pytest.mark.parametrize(
    "source",
    [
        "",
        PARAGRAPH * 2_000,
        "- [ ] une tâche de soixante caractères, comme on en écrit beaucoup\n" * 100,
        "| une cellule | *une autre* | [lien](https://x.org) |\n" * 150,
        "-" * 60,
        "- - - - - - - - - -",
    ],
)
def test_what_people_write_is_affordable(source: str) -> None:
    assert is_affordable(source)


def test_every_real_sheet_is_affordable(corpora: Path) -> None:
    sheets = list((corpora / "sheets-fr").rglob("*.md"))
    assert [sheet.name for sheet in sheets if not is_affordable(sheet.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "source",
    [
        "[" * 12_000,
        "[" * 1_800,
        "*" * 12_000,
        "a\n" * 12_000,
        ("[" * 400 + "\n\n") * 40,
        "a\n\n" * (cost.MAX_BLOCKS + 1),
        "> " * 30,
        "mot\n\n   " + "1. " * 30,
    ],
)
def test_what_costs_too_much_is_not(source: str) -> None:
    assert not is_affordable(source)


def test_the_check_reads_the_source_a_bounded_number_of_times() -> None:
    """The bound holds whatever the marks: bracket work in one block never passes the published limit."""
    brackets = int((cost.MAX_BLOCK_COST / (cost.BRACKET_WEIGHT)) ** 0.5)
    assert is_affordable("[" * (brackets - 1))
    assert not is_affordable("[" * (brackets + 1))
