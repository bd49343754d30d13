"""Which addresses may be linked to, which images shown."""

import pytest

from commons.text.addresses import is_own_image, is_web, linkable


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://x.org/a?b#c", "https://x.org/a?b#c"),
        (" MAILTO:a@x.org ", "MAILTO:a@x.org"),
        ("/fiches/?q=a:b", "/fiches/?q=a:b"),
        ("#ancre:1", "#ancre:1"),
        ("//x.org/", "//x.org/"),
        ("www.caf.fr/a", "https://www.caf.fr/a"),
        ("fiche.html", "fiche.html"),
        ("a&amp;b", "a&b"),
        ("", None),
        ("  ", None),
        ("javascript:x", None),
        ("java\tscript:x", None),
        ("\x01javascript:x", None),
        ("javascript&colon;x", None),
        ("data:image/png;base64,x", None),
        ("tel:+33", None),
    ],
)
def test_linkable(address: str, kept: str | None) -> None:
    assert linkable(address) == kept


@pytest.mark.parametrize(
    ("address", "expected"),
    [("https://x.org", True), ("HTTP://x.org", True), ("https:///x", False), ("/x", False), ("mailto:a@x.org", False)],
)
def test_is_web(address: str, *, expected: bool) -> None:
    assert is_web(address) is expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/medias/01J/a.png", True),
        ("/media/a.png", False),
        ("https://x.org/medias/a.png", False),
        ("/medias/../a", False),
        ("/medias/a b.png", False),
        ("/medias/%2e%2e/a", False),
    ],
)
def test_is_own_image(address: str, *, expected: bool) -> None:
    assert is_own_image(address, ("/medias/",)) is expected
