"""What editors type as lists, and what the parser receives."""

import pytest
from markdown import Markdown

from commons.text.list_layout import ListLayout


def laid_out(source: str) -> str:
    return "\n".join(ListLayout(Markdown()).run(source.split("\n")))


@pytest.mark.parametrize(
    ("source", "layout"),
    [
        ("Voici :\n- a\n- b", "Voici :\n\n- a\n- b"),
        ("Voici :\n1. a\n2. b", "Voici :\n\n1. a\n2. b"),
        ("en\n1986. b", "en\n1986. b"),
        ("- a\n  - b\n    - c\n- d", "- a\n    - b\n        - c\n- d"),
        ("1. a\n   - b\n2. c", "1. a\n    - b\n2. c"),
        ("  - a\n  - b", "- a\n- b"),
        (" *  a", "* a"),
        ("- a\n  suite\n- b", "- a\nsuite\n- b"),
        ("- a\n\n  suite\n\nfin", "- a\n\n    suite\n\nfin"),
        ("- a\n1. b", "- a\n\n1. b"),
        ("- a\n  - b\n  1. c", "- a\n    - b\n\n    1. c"),
        ("a\n---\nb", "a\n---\nb"),
        ("- - -", "- - -"),
        ("> Voici :\n> - a\n>   - b", "> Voici :\n> \n> - a\n>     - b"),
        (">> a\n>> - b", "> > a\n> > \n> > - b"),
        ("> a\n- b", "> a\n\n- b"),
        ("- a\n> b\n  - c", "- a\n> b\n\n- c"),
        ("-a\n*b*", "-a\n*b*"),
    ],
)
def test_list_layout(source: str, layout: str) -> None:
    assert laid_out(source) == layout


def test_list_layout_nests_no_deeper_than_twelve() -> None:
    deepest = laid_out("\n".join("  " * depth + "- a" for depth in range(40))).split("\n")[-1]
    assert deepest == "    " * 12 + "- a"
