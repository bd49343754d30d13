"""Headings, ids, links, images, tables and tasks as pages receive them."""

import pytest
from django.utils import translation

from commons.text.markdown import render
from tests.commons.text.strict_html import read_strictly

REL = 'rel="nofollow ugc noopener"'


def rendered(source: str, **options: object) -> str:
    return render(source, prefix="p", **options)


def headings_of(source: str, level: int = 3) -> list[str]:
    return [
        element.tag
        for element in read_strictly(rendered(source, heading_level=level)).all("h1", "h2", "h3", "h4", "h5", "h6")
    ]


@pytest.mark.parametrize(
    ("source", "levels"),
    [
        ("# a\n\n## b\n\n# c", ["h3", "h4", "h3"]),
        ("## a\n\n#### b\n\n### c\n\n## d", ["h3", "h4", "h4", "h3"]),
        ("#### a\n\n# b", ["h3", "h3"]),
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", ["h3", "h4", "h5", "h6", "h6", "h6"]),
        ("##Sans espace", ["h3"]),
        ("##\n\n## a", ["h3"]),
        ("Titre\n===\n\nSous\n---", ["h3", "h4"]),
    ],
)
def test_headings_start_at_the_level_asked_and_skip_none(source: str, levels: list[str]) -> None:
    assert headings_of(source) == levels


def test_headings_level_one() -> None:
    assert headings_of("## a\n\n### b", level=1) == ["h1", "h2"]


def test_ids_are_prefixed_unique_and_linked() -> None:
    source = "## Été\n\n## Été\n\n## 🎭\n\n## fn 1\n\n"
    source += "[là](#ete) [ailleurs](#rien)\n\nmot[^1] [^a b]\n\n[^1]: un\n[^a b]: deux"
    html = rendered(source)
    assert read_strictly(html).values("id") == [
        "p-ete", "p-ete-2", "p-section", "p-fn-1",
        "p-fnref-1", "p-fnref-a-b", "p-fn-1-2", "p-fn-a-b",
    ]  # fmt: skip
    assert read_strictly(html).values("href") == [
        "#p-ete", "#p-rien", "#p-fn-1-2", "#p-fn-a-b", "#p-fnref-1", "#p-fnref-a-b",
    ]  # fmt: skip


def test_two_texts_on_a_page_share_no_id() -> None:
    source = "## Titre\n\nmot[^1]\n\n[^1]: note"
    one, other = (set(read_strictly(render(source, prefix=name)).values("id")) for name in ("what", "aim"))
    assert (len(one), one & other) == (3, set())


def test_a_note_is_linked_back_in_the_language_of_the_page() -> None:
    html = rendered("mot[^1]\n\n[^1]: note")
    assert read_strictly(html).values("title") == ["Revenir à l’appel de la note 1"]
    assert read_strictly(html).values("class") == ["footnote-ref", "footnote", "footnote-backref"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "\u200bjavascript:alert(1)",
    ],
)
def test_a_link_with_another_scheme_keeps_only_its_words(address: str) -> None:
    for source in (f"[mot]({address})", f"[mot](<{address}>)", f"[mot][r]\n\n[r]: {address}", f"![mot]({address})"):
        page = read_strictly(rendered(source))
        assert (page.all("a", "img"), page.text.strip()) == ([], "mot")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('![Scène](/medias/01/a.png "Le soir")',
         '<p><img alt="Scène" loading="lazy" src="/medias/01/a.png" title="Le soir"></p>'),
        ("[![Scène](/medias/a.png)](https://x.org)",
         f'<p><a href="https://x.org" {REL}><img alt="Scène" loading="lazy" src="/medias/a.png"></a></p>'),
        ("![Scène](https://x.org/a.png)",
         f'<p><a class="image-link" href="https://x.org/a.png" {REL}>Scène</a></p>'),
        ("![](https://x.org/a.png)",
         f'<p><a class="image-link" href="https://x.org/a.png" {REL}>https://x.org/a.png</a></p>'),
        ("[![Scène](https://x.org/a.png)](https://y.org)",
         f'<p><a href="https://y.org" {REL}><span>Scène</span></a></p>'),
    ],
)  # fmt: skip
def test_images(source: str, html: str) -> None:
    assert rendered(source) == html


@pytest.mark.parametrize(
    "address",
    [
        "//x.org/medias/a.png",
        "/medias/../deconnexion/",
        "/medias/%2e%2e/deconnexion/",
        "/medias\\..\\a",
        "/autre/a.png",
        "/medias/a.png?x=1",
    ],
)
def test_no_image_from_elsewhere_is_shown(address: str) -> None:
    assert read_strictly(rendered(f"![a](<{address}>)")).all("img") == []


def test_images_under_is_the_callers_choice() -> None:
    html = rendered("![a](/medias/a.png) ![b](/autres/b.png)", images_under=("/autres/",))
    assert [element.attributes["src"] for element in read_strictly(html).all("img")] == ["/autres/b.png"]


def test_table_scrolls_by_itself_and_aligns_by_class() -> None:
    html = rendered("| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | `x|y` |")
    page = read_strictly(html)
    assert page.elements[0].attributes == {
        "class": "table-scroll", "tabindex": "0", "role": "group", "aria-label": "Tableau",
    }  # fmt: skip
    assert [element.attributes for element in page.all("th")] == [
        {"scope": "col"},
        {"scope": "col", "class": "is-left"},
        {"scope": "col", "class": "is-center"},
        {"scope": "col", "class": "is-right"},
    ]
    assert [element.attributes.get("class") for element in page.all("td")] == [
        None, "is-left", "is-center", "is-right",
    ]  # fmt: skip


def test_tasks_are_said_aloud() -> None:
    html = rendered("- [ ] un\n- [x] deux\n\n- [X] trois\n- [y] quatre")
    page = read_strictly(html)
    assert [element.attributes.get("class") for element in page.all("li")] == ["task", "task", "task", None]
    assert page.values("aria-label") == ["À faire", "Fait", "Fait"]


def test_labels_follow_the_active_language() -> None:
    with translation.override("fr"):
        assert 'aria-label="Fait"' in rendered("- [x] a")
