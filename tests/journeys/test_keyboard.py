"""Every page by keyboard alone: all that can be pressed is reached, is seen when it is, and holds nobody."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.addresses import LISTS, PRIVATE, PUBLIC, STEPS
from tests.servers import Site

MOST_TABS = 600
PRESSABLE = """() => {
  const shown = e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0;
  const kinds = "a[href], button, input, select, textarea, summary, [tabindex]";
  const found = [...document.querySelectorAll(kinds)].filter(shown);
  const groups = new Map();
  for (const e of found) groups.set(e.type === "radio" ? `radio ${e.name}` : e, e);
  document.walked = new Set();
  return groups.size;
}"""
WHERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return {again: true, walked: document.walked.size, fault: ""};
  const key = e.type === "radio" ? `radio ${e.name}` : e;
  document.stays = document.last === key ? document.stays + 1 : 0; // a date has a stop for each of its parts
  const again = document.walked.has(key) && document.last !== key;
  document.last = key;
  if (document.stays > 8) return {again: true, walked: 0, fault: `held by ${e.outerHTML.slice(0, 120)}`};
  document.walked.add(key);
  const near = [e, e.parentElement, e.closest(".row"), e.closest("label"), e.closest("li"), e.closest("form")];
  // Inside a date, the browser itself rings the part that has the focus.
  const ringed = document.stays > 0 || near.some(n => n && getComputedStyle(n).outlineStyle !== "none");
  const box = e.getBoundingClientRect();
  const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  return {again, walked: document.walked.size, fault: ringed && seen ? "" : e.outerHTML.slice(0, 120)};
}"""


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
    page.goto(url)
    expected = page.evaluate(PRESSABLE)
    faults, walked = [], 0
    for _n in range(MOST_TABS):
        page.keyboard.press("Tab")
        step: dict[str, Any] = page.evaluate(WHERE)
        walked = step["walked"]
        faults += [step["fault"]] if step["fault"] else []
        # A part of the page that a script brings anew sends the focus to the top: what is left is still ahead.
        if step["again"] and (walked >= expected or not walked):
            break
    return faults if walked >= expected else [*faults, f"{walked} of {expected} reached"]


def walks(page: Page, urls: list[str]) -> dict[str, list[str]]:
    page.emulate_media(reduced_motion="reduce")
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
    assert walks(page, urls) == {}


def test_a_sheet_is_found_and_rated_without_a_mouse(site: Site, signed_in: Page) -> None:
    page = signed_in
    page.goto(f"{site.url}/fiches/")
    tab_to(page, ".row-title a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fiches/*/*/")
    page.goto(page.url.rsplit("/", 2)[0] + "/avis/")
    for aspect in ("useful", "clear", "transferable"):
        tab_to(page, f"[name={aspect}]")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/avis/"))
    expect(page.locator("#messages")).not_to_be_empty()


def tab_to(page: Page, selector: str) -> None:
    for _n in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    pytest.fail(f"{selector} cannot be reached")
