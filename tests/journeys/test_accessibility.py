"""axe finds nothing on any page, light or dark, narrow or wide; nothing overflows; the keyboard goes everywhere."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.addresses import LISTS, PRIVATE, PUBLIC, STEPS
from tests.servers import Site

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4"]
RUN = "axe.run(document, {runOnly: TAGS, resultTypes: ['violations']})"
FIND = f"{RUN}.then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))"
LOOKS = [("light", 320), ("dark", 320), ("light", 1280), ("dark", 1280)]


def faults(page: Page) -> list[Any]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found: list[Any] = page.evaluate(FIND.replace("TAGS", str(TAGS)))
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("overflows")
    return found


def faults_of(page: Page, urls: list[str]) -> dict[str, Any]:
    wrong: dict[str, Any] = {}
    for url in urls:
        page.goto(url)
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            if found := faults(page):
                wrong[f"{url} {scheme} {width}"] = found
    return wrong


@pytest.fixture
def signed_in(site: Site, page: Page) -> Page:
    """Sign in as the demo's administrator, who sees every page."""
    page.goto(f"{site.url}/compte/login/")
    page.fill("[name=login]", "ines.karvel@exemple.example")
    page.fill("[name=password]", "commons-demo")
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{site.url}/")
    return page


def first_of(page: Page, site: Site, path: str) -> str:
    """Return the first address listed on a page."""
    page.goto(site.url + path)
    link = page.locator("main :is(.row-title, .programme, .lines) a").first
    return site.url + str(link.get_attribute("href"))


def test_public_pages_have_no_fault(site: Site, page: Page) -> None:
    urls = [site.url + path for path in PUBLIC] + [first_of(page, site, path) for path in LISTS]
    assert faults_of(page, urls) == {}


def test_open_suggestions_have_no_fault(site: Site, page: Page) -> None:
    wrong = {}
    for path in ("/", "/glossaire/"):
        page.goto(site.url + path)
        page.keyboard.press("Control+k")
        page.keyboard.type("podcast ecole", delay=10)
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            wrong[f"{path} {scheme} {width}"] = faults(page)
    assert {look: found for look, found in wrong.items() if found} == {}


def test_private_pages_have_no_fault(site: Site, signed_in: Page) -> None:
    page = signed_in
    page.goto(f"{site.url}/recherche/?q=podcast")
    page.get_by_role("button", name="Garder cette recherche").click()
    page.goto(f"{site.url}/ecrire/")
    page.fill("[name=title]", "Une fiche à lire à voix haute")
    page.get_by_role("button", name="Commencer").click()
    here = page.url.removesuffix("essentials/")
    urls = [site.url + path for path in PRIVATE] + [here + step + "/" for step in STEPS]
    urls += [here + word + "/" for word in ("proposer", "auteurs", "fichiers")]
    sheet = first_of(page, site, "/fiches/").rsplit("/", 2)[0]
    urls += [f"{sheet}/{word}/" for word in ("essayer", "avis", "versions", "propositions")]
    urls += [first_of(page, site, "/a-decider/"), first_of(page, site, "/ateliers/").rsplit("/", 2)[0] + "/salle/"]
    assert faults_of(page, urls) == {}


def test_the_keyboard_reaches_the_first_sheet_and_shows_where_it_is(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/fiches/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    first = page.locator(".row-title a").first.evaluate("a => a.href")
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.row-title a')"):
            break
    assert page.evaluate("document.activeElement.href") == first
    ring = "[document.activeElement, document.activeElement.closest('.row')]"
    assert page.evaluate(f"{ring}.some(e => getComputedStyle(e).outlineStyle !== 'none')")


def test_catalogue_search_and_sheet_are_light(site: Site, page: Page) -> None:
    weights: list[Any] = []

    def weigh(response: Any) -> None:
        weights.append(response)

    page.on("response", weigh)
    for url in (f"{site.url}/fiches/", f"{site.url}/recherche/?q=mediaton+ecole", first_of(page, site, "/fiches/")):
        page.context.clear_cookies()
        weights.clear()
        page.goto(url, wait_until="networkidle")
        sizes = [r.request.sizes()["responseBodySize"] for r in weights if r.request.resource_type != "image"]
        nodes = page.evaluate("document.querySelectorAll('*').length")
        assert (sum(sizes) <= 150_000, len(weights) <= 15, nodes <= 800) == (True, True, True), (
            sum(sizes), len(weights), nodes,
        )  # fmt: skip
