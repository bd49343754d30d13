"""Front matter as people really write it is read, or refused in words; what is written reads back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commons.errors import Invalid
from practices.exchange.frontmatter import LIMIT, read_front_matter, write_front_matter

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\n\x85"))
VALUES = st.dictionaries(
    st.from_regex(r"\A[a-z_]{1,12}\Z"), st.recursive(TEXT, lambda inner: st.lists(inner, max_size=3), max_leaves=4)
)


def _read(text: str) -> tuple[dict[str, object], str]:
    return read_front_matter(text.encode())


@given(values=VALUES, body=TEXT)
def test_what_is_written_reads_back_the_same(values: dict[str, object], body: str) -> None:
    again, text = _read(write_front_matter(values, body.strip()))
    assert again == values
    assert text == body.strip()


@pytest.mark.parametrize(
    ("text", "values", "body"),
    [
        ("Sans en-tête", {}, "Sans en-tête"),
        ("\ufeff---\r\ntitle: Été\r\n---\r\nCorps\r\n", {"title": "Été"}, "Corps"),
        (
            "---\ntitle: no\nyear: 2024\nday: 2026-01-05\n---\n",
            {"title": "no", "year": "2024", "day": "2026-01-05"},
            "",
        ),
        ("---\ntags:\n\t- un\n\t- deux\n---\n", {"tags": ["un", "deux"]}, ""),
        ('---\ntitle: "🧠 Sur\n  deux lignes"\n---\nCorps', {"title": "🧠 Sur deux lignes"}, "Corps"),
        ("---\ntitle: a\n---\nUn\n\n---\n\nDeux", {"title": "a"}, "Un\n\n---\n\nDeux"),
        ("---\n\n---\nCorps", {}, "Corps"),
        ("---\nempty: ~\nyes: true\n---\n", {"empty": None, "yes": True}, ""),
    ],
)
def test_odd_front_matter_is_read(text: str, values: dict[str, object], body: str) -> None:
    assert _read(text) == (values, body)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"---\ntitle: a\n\nCorps", "L’en-tête ouvert par « --- » n’est pas fermé."),
        (b"---\ntitle: \xe9t\xe9\n---\n", "Ce fichier n’est pas du texte en UTF-8."),
        (b"---\n- un\n---\n", "L’en-tête YAML n’est pas une liste de champs."),
        (b"---\na: &x [1]\nb: *x\n---\n", "L’en-tête YAML contient des renvois (&, *), qui ne sont pas lus."),
        (b"x" * (LIMIT + 1), "Ce fichier est trop lourd pour une fiche."),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(raw: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_front_matter(raw)
    assert refusal.value.fields == {"": [words]}


def test_broken_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(Invalid) as refusal:
        _read('---\ntitle: a\nsummary: "ouvert\n---\n')
    (words,) = refusal.value.fields[""]
    assert str(words).startswith("L’en-tête YAML ne se lit pas, ligne ")


def test_a_python_object_is_never_made() -> None:
    with pytest.raises(Invalid):
        _read("---\ntitle: !!python/object/apply:os.system [true]\n---\n")
