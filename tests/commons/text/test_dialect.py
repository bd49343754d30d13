"""What the marks of our dialect become."""

import pytest

from commons.text.markdown import render
from tests.commons.text.strict_html import read_strictly

REL = 'rel="nofollow ugc noopener"'


def rendered(source: str, **options: object) -> str:
    return render(source, prefix="p", **options)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("", ""),
        ("un **deux** *trois* ~~quatre~~ `cinq <b>`",
         "<p>un <strong>deux</strong> <em>trois</em> <del>quatre</del> <code>cinq &lt;b&gt;</code></p>"),
        ("une ligne\nune autre", "<p>une ligne<br>\nune autre</p>"),
        ("ligne\r\nautre\rfin", "<p>ligne<br>\nautre<br>\nfin</p>"),
        ("Terme\n:   Définition", "<dl>\n<dt>Terme</dt>\n<dd>Définition</dd>\n</dl>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("```python\nx = '<b>'\n```",
         """<pre tabindex="0"><code class="language-python">x = '&lt;b&gt;'</code></pre>"""),
        ('```x" onclick="y\nz\n```',
         '<p><code>x" onclick="y\nz</code></p>'),
        ("    un paragraphe collé avec son retrait", "<p>un paragraphe collé avec son retrait</p>"),
        ("#culture est un mot", "<p>#culture est un mot</p>"),
        ("1986. Une année\n1987. Une autre",
         '<ol start="1986">\n<li>Une année</li>\n<li>Une autre</li>\n</ol>'),
        ("C’était en\n1986. Une année", "<p>C’était en<br>\n1986. Une année</p>"),
        (r"\*pas d’emphase\* \~ \<b>", "<p>*pas d’emphase* ~ &lt;b&gt;</p>"),
        ("> cité\nencore", "<blockquote>\n<p>cité<br>\nencore</p>\n</blockquote>"),
    ],
)  # fmt: skip
def test_marks(source: str, html: str) -> None:
    assert rendered(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
        ("<B>gras *et* fin</B>", "<p><b>gras <em>et</em> fin</b></p>"),
        ("<b><i>a</i> <u><s>b</s></u></b>", "<p><b><i>a</i> <u><s>b</s></u></b></p>"),
        ("un<br>deux<BR />trois", "<p>un<br>\ndeux<br>\ntrois</p>"),
        ("a<!-- note -->b", "<p>ab</p>"),
        ('<a href="https://x.org/" onclick="y">là *bas*</a>',
         f'<p><a href="https://x.org/" {REL}>là <em>bas</em></a></p>'),
        ("<a href='javascript:alert(1)'>non</a>",
         "<p>&lt;a href='javascript:alert(1)'&gt;non&lt;/a&gt;</p>"),
        ('<img src="https://x.org/i.png" alt="Une scène">',
         f'<p><a class="image-link" href="https://x.org/i.png" {REL}>Une scène</a></p>'),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
    ],
)  # fmt: skip
def test_typed_tags(source: str, html: str) -> None:
    assert rendered(source) == html


@pytest.mark.parametrize(
    ("source", "href", "text"),
    [
        ("voir https://x.org/a_b_(c), ou", "https://x.org/a_b_(c)", "https://x.org/a_b_(c)"),
        ("(https://x.org/?a=1&b=2).", "https://x.org/?a=1&b=2", "https://x.org/?a=1&b=2"),
        ("**https://x.org**", "https://x.org", "https://x.org"),
        ("www.tmnlab.com !", "https://www.tmnlab.com", "www.tmnlab.com"),
        ("<https://x.org/>", "https://x.org/", "https://x.org/"),
        ("<a@x.org>", "mailto:a@x.org", "a@x.org"),
        ("[ici](www.caf.fr)", "https://www.caf.fr", "ici"),
        ("[ici](/fiches/?q=a)", "/fiches/?q=a", "ici"),
        ("[ici][r]\n\n[r]: https://x.org 'Titre'", "https://x.org", "ici"),
        ("[](https://x.org)", "https://x.org", "https://x.org"),
        ("[https://x.org/](https://x.org/)", "https://x.org/", "https://x.org/"),
    ],
)
def test_links(source: str, href: str, text: str) -> None:
    page = read_strictly(rendered(source))
    assert [element.attributes["href"] for element in page.all("a")] == [href]
    assert page.all("a")[0].attributes["rel"] == "nofollow ugc noopener"
    assert text in page.text


def test_players_on_demand() -> None:
    source = "https://www.youtube.com/embed/zsFEO4t-Ico?si=ND1J"
    frame = f'<div><iframe width="560" src="{source}" title="Le *film*"></iframe></div>'
    for source in (f"avant\n\n{frame}\n\naprès", f"avant\n{frame}\naprès"):
        page = read_strictly(rendered(source))
        assert page.values("data-embed") == ["https://www.youtube-nocookie.com/embed/zsFEO4t-Ico?rel=0"]
        assert page.all("iframe", "div") == []
        assert " ".join(page.text.split()) == (
            "avant Lire ici depuis YouTubeLe *film* (YouTube). Rien n’est demandé à ce site avant votre clic. après"
        )


def test_a_listed_address_alone_on_its_line_is_a_player() -> None:
    assert len(read_strictly(rendered("Voici :\nhttps://youtu.be/zsFEO4t-Ico\nfin")).all("figure")) == 1
    assert read_strictly(rendered("Voici https://youtu.be/zsFEO4t-Ico")).all("figure") == []
    assert read_strictly(rendered("https://example.org/")).all("figure") == []


@pytest.mark.parametrize(
    ("source", "hrefs"),
    [
        ('<iframe src="https://evil.example/x"></iframe>', ["https://evil.example/x"]),
        ('mot <iframe src="https://youtu.be/zsFEO4t-Ico"></iframe> mot', ["https://youtu.be/zsFEO4t-Ico"]),
        ('<iframe src="javascript:alert(1)"></iframe>', []),
        ('mot <iframe srcdoc="x"></iframe>', []),
        ("```\n<iframe src=https://youtu.be/zsFEO4t-Ico></iframe>\n```", []),
        ("`<iframe src=https://youtu.be/zsFEO4t-Ico></iframe>`", []),
    ],
)
def test_other_frames_are_links_or_text(source: str, hrefs: list[str]) -> None:
    page = read_strictly(rendered(source))
    assert page.all("figure", "iframe") == []
    assert [element.attributes["href"] for element in page.all("a")] == hrefs
