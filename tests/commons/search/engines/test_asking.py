"""Proves how questions are read."""

import pytest

from commons.search.engines.asking import Asked, read_question


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", Asked()),
        ("médiation école", Asked(("mediation", "ecole"), is_open=True)),
        ("médiation ", Asked(("mediation",))),
        ("comment faire une captation", Asked(("captation",), is_open=True)),
        ("captation de", Asked(("captation",))),
        ("les", Asked(("les",), is_open=True)),
        ('"accès à la santé" jeunes', Asked(("jeunes",), (("acces", "a", "la", "sante"),), is_open=True)),
        ("« porte ouverte »", Asked(phrases=(("porte", "ouverte"),))),
        ('théâtre -podcast -"jeune public"', Asked(("theatre",), without=(("podcast",), ("jeune", "public")))),
        ('"jamais fermée', Asked(("jamais", "fermee"), is_open=True)),
        ('- -- « » ""', Asked()),
    ],
)
def test_questions_are_read_as_people_type_them(text: str, asked: Asked) -> None:
    assert read_question(text) == asked


def test_a_long_question_is_cut() -> None:
    assert len(read_question("mot " * 500).words) == 10
