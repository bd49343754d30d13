"""Every page by keyboard alone: all that can be pressed is reached, is seen when it is, and holds nobody."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.addresses import LISTS, PRIVATE, PUBLIC, STEPS
from tests.servers import Site

MOST_TABS = 600
SCRIPT = Path(__file__).with_name("keyboard.js")


@pytest.fixture(autouse=True)
def _watched(page: Page) -> None:
    """Let every page tell where its focus is, and let nothing move: a ring that fades in is not there yet."""
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(path=SCRIPT)


@pytest.fixture
def signed_in(site: Site, page: Page) -> Page:
    """Sign in as the demo's administrator, by keyboard."""
    page.goto(f"{site.url}/compte/login/")
    page.locator("[name=login]").focus()
    page.keyboard.type("ines.karvel@exemple.example")
    tab_to(page, "[name=password]")
    page.keyboard.type("commons-demo")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/")
    return page


def walk(page: Page, url: str) -> list[str]:
    """Press Tab from the top to the end; return what was wrong on the way."""
    answer = page.goto(url)
    assert answer is not None
    assert answer.ok or url.endswith("/rien-du-tout/"), f"{url}: {answer.status}"
    page.evaluate("keyboard.begin()")
    faults: list[str] = []
    for _n in range(MOST_TABS):
        page.keyboard.press("Tab")
        step: dict[str, Any] = page.evaluate("keyboard.step()")
        faults += [step["fault"]] if step["fault"] else []
        if step["over"]:
            return faults + list(page.evaluate("keyboard.left()"))
    return [*faults, "no end"]


def walks(page: Page, urls: list[str]) -> dict[str, list[str]]:
    return {url: found for url in urls if (found := walk(page, url))}


def first_of(page: Page, site: Site, path: str) -> str:
    page.goto(site.url + path)
    link = page.locator("main :is(.row-title, .programme, .lines) a").first
    return site.url + str(link.get_attribute("href"))


def test_public_pages_are_walked_by_keyboard(site: Site, page: Page) -> None:
    urls = [site.url + path for path in PUBLIC] + [first_of(page, site, path) for path in LISTS]
    assert walks(page, urls) == {}


def test_private_pages_are_walked_by_keyboard(site: Site, signed_in: Page) -> None:
    page = signed_in
    page.goto(f"{site.url}/ecrire/")
    page.fill("[name=title]", "Une fiche au clavier")
    page.keyboard.press("Enter")
    page.wait_for_url("**/essentials/")
    here = page.url.removesuffix("essentials/")
    sheet = first_of(page, site, "/fiches/").rsplit("/", 2)[0]
    urls = [site.url + path for path in PRIVATE] + [here + step + "/" for step in STEPS]
    urls += [here + word + "/" for word in ("proposer", "auteurs", "fichiers")]
    urls += [f"{sheet}/{word}/" for word in ("essayer", "avis", "versions", "propositions")]
    urls += [first_of(page, site, "/ateliers/").rsplit("/", 2)[0] + "/salle/"]
    assert walks(page, urls) == {}


def test_a_sheet_is_found_and_rated_without_a_mouse(site: Site, signed_in: Page) -> None:
    page = signed_in
    page.goto(f"{site.url}/fiches/")
    tab_to(page, ".row-title a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fiches/*/*/")
    sheet = page.url
    tab_to(page, ".sheet-actions a[href$='/avis/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/avis/")
    for aspect, presses in (("useful", 4), ("clear", 3), ("transferable", 1)):
        tab_to(page, f"[name={aspect}]")
        page.keyboard.press("Space")
        for _n in range(presses):
            page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.value") == str(presses + 1)
    page.keyboard.press("Enter")
    page.wait_for_url(sheet)
    expect(page.locator("#messages")).to_have_text("Merci pour votre avis.")


def test_a_filter_keeps_the_focus_when_the_answer_comes(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/fiches/")
    before = page.locator("#count").inner_text()
    tab_to(page, ".facet summary")
    page.keyboard.press("Enter")
    tab_to(page, ".facet input")
    box: str = page.evaluate("document.activeElement.value")
    page.keyboard.press("Space")
    expect(page.locator("#count")).not_to_have_text(before)
    assert page.evaluate("[document.activeElement.value, document.activeElement.checked]") == [box, True]
    page.keyboard.press("Space")
    expect(page.locator("#count")).to_have_text(before)
    assert page.evaluate("[document.activeElement.value, document.activeElement.checked]") == [box, False]


def tab_to(page: Page, selector: str) -> None:
    for _n in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    pytest.fail(f"{selector} cannot be reached")
