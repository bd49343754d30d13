"""Every payload of the corpus, wherever a sheet or a house holds text, is only text in a real browser."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Dialog, Page

from commons.people.models import Institution
from commons.search.engines.protocol import composed
from commons.text.normalise import normal_key
from practices.actions.versions import render_content
from practices.models import Sheet, TaggedSheet, Term, Upload, Version
from practices.queries import catalogue
from tests.factories.search import fresh_index

ROWS = 400
MAX_WORDS_LENGTH = 200  # of a search: asking.Asked cuts what is longer
BATCH = 120
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # refused by the fields, whoever types them
WATCH = """for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = () => console.log("executed " + name);"""
LIVE = r"""() => [...document.querySelectorAll("body *")].filter((element) => [...element.attributes].some(
  ({ name, value }) => /^on/i.test(name) || (/^(href|src|action|formaction|data|srcdoc|xlink:href)$/i.test(name)
    && /^[\s\x00-\x20]*(javascript|vbscript|data):/i.test(value)))
  || (/^(script|iframe|object|embed|base|meta|link|style)$/i.test(element.tagName) && element.closest("main"))
).map((element) => element.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def payloads(corpora: Path) -> list[str]:
    lines = (corpora / "xss" / "payloads.txt").read_bytes().decode("utf-8", "replace").split("\n")
    return [" ".join(_CONTROL.sub("", line).split()) for line in lines if line.strip()]


@pytest.fixture(autouse=True)
def _harmless(page: Page) -> Iterator[None]:
    """Fail when a page runs anything of a payload's: a dialog, a call, a script of another's."""
    ran: list[str] = []

    def refuse(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.add_init_script(WATCH)
    page.on("dialog", refuse)
    page.on("console", lambda message: ran.append(message.text) if message.text.startswith("executed") else None)
    yield
    assert ran == []


def _batches(payloads: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(payloads), size):
        yield payloads[start : start + size]


def _row(text: str, house: Institution) -> Sheet:
    columns = {"kind": "guide", "editorial_state": "adopted", "published_at": timezone.now()}
    return Sheet(title=text, summary=text, institution=house, content={"title": text, "kind": "guide"}, **columns)


def _texts(page: Page, selector: str) -> list[str]:
    read = "(found) => found.map((element) => element.textContent.split(/\\s+/).filter(Boolean).join(' '))"
    texts: list[str] = page.locator(selector).evaluate_all(read)
    return texts


def test_lists_show_hostile_titles_as_they_are(
    application_url: str, page: Page, payloads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    houses = [Institution(slug=f"m-{n}", name=text, type="theatre", place=text) for n, text in enumerate(payloads)]
    Institution.objects.bulk_create(houses, batch_size=500)
    Sheet.objects.bulk_create(map(_row, payloads, houses), batch_size=500)
    monkeypatch.setattr(catalogue, "PAGE_SIZE", ROWS)
    address, titles, summaries = f"{application_url}{reverse('sheets')}", [], []
    while address:
        page.goto(address)
        assert page.evaluate(LIVE) == []
        titles += _texts(page, ".row-title")
        summaries += _texts(page, ".row-summary")
        following = page.locator("a[rel=next]")
        address = application_url + (following.get_attribute("href") or "") if following.count() else ""
    assert sorted(titles) == sorted(payloads)
    assert sorted(summaries) == sorted(payloads)


def _whole_sheet(number: int, texts: Sequence[str]) -> Sheet:
    """Return a published sheet that bears the payloads wherever a sheet holds text."""
    sheet = Sheet(title=texts[0], kind="practice", editorial_state="adopted", published_at=timezone.now())
    facts = {"sheet": sheet, "file": "sheets/x.pdf", "content_type": "application/pdf", "size": 1, "sha256": "0"}
    files = [Upload(name=text[:160], **facts) for text in texts]
    content = {
        "title": texts[0],
        "summary": texts[-1],
        "kind": "practice",
        "language": "fr",
        "what": "\n\n".join(texts),
        "steps": [{"title": text, "text": text, "duration": text} for text in texts],
        "tools": [{"name": text, "licence": text} for text in texts],
        "authors": [{"name": text} for text in texts],
        "tags": list(texts),
        "media": [{"url": "https://exemple.example/", "alt": text, "credit": text, "licence": text} for text in texts]
        + [{"upload": file.pk, "alt": "x", "licence": "CC-BY-4.0"} for file in files],
        "licence": "CC-BY-SA-4.0",
    }
    sheet.content = content
    sheet.save()
    html = render_content(content, prefix="x", language="fr")
    house = {"name": texts[0], "place": texts[-1]}
    sheet.version = Version.objects.create(
        sheet=sheet, number=1, content=content, html=html, house=house, reason=texts[0]
    )
    sheet.save()
    terms = Term.objects.bulk_create(
        Term(slug=f"t-{number}-{n}", key=f"{number} {n} {normal_key(text)}"[:120], name=text, definition_fr=text)
        for n, text in enumerate(texts)
    )
    TaggedSheet.objects.bulk_create(TaggedSheet(tag=term, content_object=sheet) for term in terms)
    Upload.objects.bulk_create(files)
    return sheet


def test_sheets_show_hostile_texts_as_they_are(application_url: str, page: Page, payloads: list[str]) -> None:
    for number, texts in enumerate(_batches(payloads, BATCH)):
        sheet = _whole_sheet(number, texts)
        page.goto(application_url + sheet.get_absolute_url())
        assert page.evaluate(LIVE) == []
        assert _texts(page, "h1") == [texts[0]]
        assert _texts(page, ".steps h3") == list(texts)
        assert sorted(_texts(page, "dd > a[href*='glossaire']")) == sorted(texts)
        assert _texts(page, ".files a[href*='/medias/']") == [" ".join(text[:160].split()) for text in texts]
        data: str = page.locator("script[type='application/ld+json']").text_content() or ""
        assert page.evaluate("(text) => JSON.parse(text).author.map((one) => one.name)", data) == list(texts)
    page.goto(f"{application_url}{reverse('version', args=[sheet.pk, 1])}")
    assert page.evaluate(LIVE) == []
    page.goto(f"{application_url}{reverse('versions', args=[sheet.pk])}")
    assert page.evaluate(LIVE) == []
    page.goto(f"{application_url}{reverse('glossary')}")
    assert page.evaluate(LIVE) == []


def test_a_hostile_search_is_only_a_search(application_url: str, page: Page, payloads: list[str]) -> None:
    fresh_index()
    for text in payloads[::150]:
        for name in ("sheets", "search"):
            page.goto(f"{application_url}{reverse(name)}?{urlencode({'q': text})}")
            assert page.evaluate(LIVE) == []
            assert page.locator("input[name=q]").first.input_value() == text[:MAX_WORDS_LENGTH]


def test_answers_and_suggestions_show_hostile_names_as_they_are(
    application_url: str, page: Page, payloads: list[str]
) -> None:
    houses = [Institution(slug=f"m-{n}", name=text, type="theatre", about=text) for n, text in enumerate(payloads)]
    Institution.objects.bulk_create(houses, batch_size=500)
    fresh_index()
    known = {" ".join(composed(text).split()) for text in payloads}
    for words in ("alert", "script", "onerror", "javascript", "img src", "svg", "iframe", "&lt;"):
        for number in (1, 2, 3):
            page.goto(f"{application_url}{reverse('search')}?{urlencode({'q': words, 'page': number})}")
            assert page.evaluate(LIVE) == []
            assert set(_texts(page, ".row-title")) <= known
        page.goto(f"{application_url}{reverse('glossary')}")
        page.get_by_role("combobox").fill(words)
        page.get_by_role("option").first.wait_for()
        assert page.evaluate(LIVE) == []
        assert set(_texts(page, "[role=option] > span:first-child")) <= known


def test_the_watch_sees_what_it_looks_for(page: Page) -> None:
    page.set_content("<main><p onclick='x()'>a</p><a href=' JavaScript:x()'>b</a><svg><script></script></svg></main>")
    assert len(page.evaluate(LIVE)) == 3
