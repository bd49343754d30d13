"""What rendering promises whatever is typed: safe, well-formed, harmless text untouched, bounded."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from commons.text.cost import is_affordable
from commons.text.embeds import FRAME_HOSTS
from commons.text.markdown import MAX_LENGTH, RENDERER_VERSION, render
from tests.commons.text.strict_html import read_strictly


def rendered(source: str, **options: object) -> str:
    return render(source, prefix="p", **options)


def test_renderer_version_is_a_number() -> None:
    assert RENDERER_VERSION == 1


@pytest.mark.parametrize(
    "text",
    [
        "a < b et b > c",
        "<3",
        "j’<3 l’opéra & la danse",
        "x <- y -> z <=> t",
        "<nom du théâtre>",
        "AT&T, R&D ; a&b=c",
        "1 <2> 3",
        "if (a<b && c>d) alert(1)",
        "« Quoi ? » — l’été… 12\u202f000 € 🎭👩🏽‍🎤",
        "<script>alert(1)</script>",
        '<div onclick="x">texte</div>',
        "<b>jamais fermé",
        "</p></div>",
        "&lt",
        "2*3 = 6, _un, nom_de_fichier_long",
        "[sans lien] (vraiment) [x",
        "prix : 10 % | 20 %",
        "C:\\dossier",
        "https://",
        "https://...",
        "www.",
    ],
)
def test_harmless_text_is_shown_as_typed(text: str) -> None:
    assert read_strictly(rendered(text)).text == text


def test_too_long_is_shown_as_typed() -> None:
    assert rendered("**a**\nb <i>\n\nc", max_length=3) == "<p>**a**<br>b &lt;i&gt;</p>\n<p>c</p>"
    assert "<strong>" in rendered("**a** " + "mot " * ((MAX_LENGTH - 6) // 4))


def test_emphasis_deeper_than_the_parser_can_is_shown_as_typed() -> None:
    source = "*a __b " * 500 + "b__ a* " * 500
    assert is_affordable(source)
    assert read_strictly(rendered(source)).text == source.strip()


def test_lists_deeper_than_the_parser_can_keep_their_words() -> None:
    source = "\n".join("    " * depth + "- a" for depth in range(200))
    assert read_strictly(rendered(source)).text.count("a") == 200


def test_control_characters_are_dropped() -> None:
    assert rendered("a\x00b\x02c\x0bd\x7f") == "<p>abcd</p>"


WORD = st.text("abcéèçœÀÉ’'«»…–—!?;,.%€@()/+=<>&\"0123🎭👩🏽\u200d🎤·°", min_size=1, max_size=8).filter(
    lambda word: not any(mark in word for mark in ("<!", "<?", "www."))
)
LINE = st.lists(WORD, min_size=1, max_size=8).flatmap(
    lambda words: st.sampled_from([" ", "\u00a0", "\u202f"]).map(lambda blank: "z" + blank.join(words) + "z")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=4).map("\n".join))
def test_text_without_markup_is_shown_as_typed(text: str) -> None:
    """Letters, French punctuation, comparison signs, ampersands, emoji: what is read is what was typed."""
    assert _without_automail(read_strictly(rendered(text)).text) == _without_automail(text)


def _without_automail(text: str) -> str:
    """`<a@b>` is a mark (an address), so angle brackets may go from around one."""
    return text.replace("<", "").replace(">", "") if "@" in text else text


@settings(max_examples=200, deadline=None)
@given(st.text("ab *_`~[]()!<>#|:-+.\n\t\"'&;=/\\^1 é", max_size=80))
def test_any_soup_of_marks_is_well_formed(source: str) -> None:
    page = read_strictly(rendered(source))
    ids = page.values("id")
    assert len(ids) == len(set(ids))


# Written out here, not imported: what the page may contain is decided by this list, not by the code under test.
NOTHING: set[str] = set()
ALLOWED = {
    **dict.fromkeys(("b", "blockquote", "br", "dd", "del", "dl", "dt", "em", "figcaption", "hr", "i", "ins"), NOTHING),
    **dict.fromkeys(("kbd", "mark", "p", "s", "small", "strong", "sub", "u", "ul"), NOTHING),
    **dict.fromkeys(("table", "tbody", "thead", "tr"), NOTHING),
    **{f"h{level}": {"id"} for level in range(3, 7)},
    "a": {"href", "title", "class", "rel"},
    "button": {"class", "type", "hidden", "data-embed", "data-title", "data-scripted"},
    "code": {"class"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "figure": {"class"},
    "img": {"src", "alt", "title", "loading"},
    "li": {"id", "class"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "span": {"class", "role", "aria-label"},
    "sup": {"id"},
    "td": {"class"},
    "th": {"class", "scope"},
}  # fmt: skip


def assert_safe(html: str) -> None:
    """Every element, attribute and address is one that pages expect from us."""
    page = read_strictly(html)
    for element in page.elements:
        assert element.tag in ALLOWED, element
        assert set(element.attributes) <= ALLOWED[element.tag], element
    for href in page.values("href"):
        squeezed = re.sub(r"[\s\x00-\x20]", "", href).lower()
        assert ":" not in re.split(r"[/?#]", squeezed)[0] or squeezed.startswith(("http:", "https:", "mailto:")), href
    for source in page.values("src"):
        assert source.startswith("/medias/"), source
    for player in page.values("data-embed"):
        assert urlsplit(player).scheme == "https"
        assert urlsplit(player).netloc in FRAME_HOSTS
    for name in page.values("id"):
        assert name.startswith("p-"), name
    assert set(page.values("rel")) <= {"nofollow ugc noopener"}
    assert len(page.values("rel")) == len(page.all("a"))


PLACES = (
    "[mot]({})",
    "![{}](/medias/a.png)",
    '<a href="{}">x</a>',
    "[mot][r]\n\n[r]: {}",
    '<iframe src="{}"></iframe>',
)


def payloads_of(corpora: Path) -> list[str]:
    lines = (corpora / "xss" / "payloads.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    assert len(lines) >= 6_600
    return lines


def test_every_known_attack_as_a_text_is_harmless(corpora: Path) -> None:
    for payload in payloads_of(corpora):
        assert_safe(rendered(payload))


@pytest.mark.parametrize("place", PLACES)
def test_every_known_attack_as_an_address_or_a_label_is_harmless(corpora: Path, place: str) -> None:
    """Twenty to a text, since building parsers takes most of the time."""
    typed = [place.replace("{}", payload) for payload in payloads_of(corpora)]
    for start in range(0, len(typed), 20):
        assert_safe(rendered("\n\n".join(typed[start : start + 20])))


def test_every_known_attack_shows_its_tags_as_text(corpora: Path) -> None:
    """A tag that is no mark of the dialect is read as it was typed, not silently dropped."""
    tag = re.compile(
        r"</?(?:script|svg|object|embed|input|video|body|details|form|math|style|isindex)[^<>&*_`\[\]\\~@]*>"
    )
    plain = [payload.strip() for payload in payloads_of(corpora) if tag.fullmatch(payload.strip())]
    assert len(plain) == 77
    assert [line for line in plain if read_strictly(rendered(line)).text != line] == []


def real_sheets(corpora: Path) -> list[str]:
    sheets = sorted((corpora / "sheets-fr").rglob("*.md"))
    return [sheet.read_text(encoding="utf-8").split("---\n", 2)[2] for sheet in sheets]


def test_every_real_sheet_keeps_its_headings_lists_images_links_and_players(corpora: Path) -> None:
    """Figures counted in the source by other means than the parser's."""
    bodies = real_sheets(corpora)
    assert len(bodies) == 128
    for body in bodies:
        page = read_strictly(rendered(body))
        assert_safe(rendered(body))
        assert len(page.all("h3", "h4", "h5", "h6")) == heading_count(body), body[:200]
        assert len(page.all("li")) == len(re.findall(r"(?m)^[\s>]*(?:[-*+]|\d{1,9}\.)[ \t]+\S", body)), body[:200]
        assert page.values("class").count("image-link") == body.count("!["), body[:200]
        assert len(page.all("figure")) == body.count("<iframe"), body[:200]
        linked = set(page.values("href"))
        typed = re.findall(r"(?<!!)\[[^\]]*\]\(\s*(https?://[^\s()]+)\)", body)
        assert [address for address in typed if address not in linked] == []


def heading_count(body: str) -> int:
    typed = re.findall(r"(?m)^[ >]{0,3}(?:#{2,6}|# )[^\n#]*[^\s#]", body)
    underlined = re.findall(r"(?m)(?:\A|^\s*\n)[^\s#>-][^\n]*\n(?:-+|=+)[ ]*$", body)
    return len(typed) + len(underlined)


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 12_000,
        "![" * 12_000,
        "[^" * 12_000,
        "[a](" * 3_000,
        "*a " * 12_000,
        "`" * 12_000,
        "<b>" * 12_000,
        "\n".join("[" * 100 for _ in range(120)),
        ">" * 12_000,
        "1. " * 12_000,
        "- a\n\n" * 12_000,
        "## a\n" * 12_000,
    ],
)
def test_what_the_parser_is_slow_on_never_reaches_it(hostile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No clock: the parser is quadratic on these, so the proof is that it is not called, and nothing is lost."""

    def refuse(*_args: object) -> str:
        raise AssertionError

    monkeypatch.setattr("markdown.Markdown.convert", refuse)
    shown = read_strictly(rendered(hostile)).text
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", hostile)


def test_a_text_leaves_nothing_to_the_next() -> None:
    """One parser serves a thread: what a text defines, footnotes, links and fences, is its own."""
    noted = "Un[^1] [lien][a]\n\n[^1]: note\n\n[a]: https://ailleurs.example/\n\n```python\nx = 1\n"
    plain = "Un[^1] [lien][a]\n\n# Titre\n\n- [ ] à faire"
    first = [render(text, prefix="t") for text in (noted, plain)]
    assert [render(text, prefix="t") for text in (noted, plain)] == first
    assert "note" not in first[1]
    with translation.override("en"):
        assert "Revenir" not in render(noted, prefix="t")
    assert render("> " * 5000 + "a", prefix="t") != ""
    assert render(plain, prefix="t") == first[1]
