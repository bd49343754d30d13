"""Searching in a browser: suggestions by keyboard, answers as one types, filters, shared addresses, no script."""

import re
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.factories.people import UserFactory
from tests.factories.search import fresh_index
from tests.factories.sheets import published_sheet

RIGHT = "Une médiation numérique à l’école"


@pytest.fixture
def url(application_url: str) -> str:
    """Serve a small commons whose index is up to date, as the worker keeps it."""
    author = UserFactory.create()
    published_sheet(author, title=RIGHT, summary="Une classe filme le plateau.", format=["podcast"])
    published_sheet(author, title="Une captation à une caméra", format=["vod"])
    published_sheet(author, title="Le podcast des loges à l’école", format=["podcast"])
    fresh_index()
    return application_url


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    """Open another browser, in which nobody is signed in and nothing is kept."""
    context = browser.new_context(locale="fr-FR")
    yield context.new_page()
    context.close()


def test_a_misspelt_search_leads_to_the_sheet_is_filtered_and_shared(url: str, page: Page, stranger: Page) -> None:
    page.goto(f"{url}/glossaire/")
    box = page.get_by_role("combobox")
    box.press_sequentially("mediaton ecole", delay=20)
    expect(page.get_by_role("option").first).to_contain_text(RIGHT)
    box.press("Enter")  # nothing is chosen: the form is sent
    page.wait_for_url(f"{url}/recherche/?q=mediaton+ecole")
    expect(page.locator(".row-title").first).to_have_text(RIGHT)
    assert page.locator(".row-title").first.locator("mark").all_inner_texts() == ["médiation", "école"]

    page.locator("input[name=format][value=podcast]").check()
    page.wait_for_url(re.compile("format=podcast"))
    expect(page.locator(".chip")).to_have_count(2)
    shown = page.locator(".row-title").all_inner_texts()
    stranger.goto(page.url)
    assert stranger.locator(".row-title").all_inner_texts() == shown
    assert shown[0] == RIGHT
    stranger.locator(".row-title a").first.click()
    expect(stranger.locator("h1")).to_have_text(RIGHT)


def test_answers_come_as_one_types_and_the_address_follows(url: str, page: Page) -> None:
    page.goto(f"{url}/recherche/?kind=sheet")
    page.keyboard.press("Control+k")
    page.keyboard.type("captatoin", delay=20)
    expect(page.locator(".row-title")).to_have_text(["Une captation à une caméra"])
    page.wait_for_url(re.compile("q=captatoin"))
    assert "kind=sheet" in page.url
    expect(page.get_by_role("link", name="captation", exact=True)).to_be_visible()
    page.keyboard.type(" xylophone hologramme")
    page.keyboard.press("Control+a")
    page.keyboard.type("hologramme")
    expect(page.get_by_role("heading", name=re.compile("Rien sur"))).to_be_visible()
    expect(page.locator("#query")).to_be_focused()
    page.reload()
    expect(page.locator("#query")).to_have_value("hologramme")


def test_the_box_is_walked_by_the_keyboard_alone(url: str, page: Page) -> None:
    page.goto(f"{url}/glossaire/")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("école", delay=20)
    options = page.get_by_role("option")
    expect(options).to_have_count(3)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#status")).to_have_text("2 propositions")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-1")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")  # back in the box
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowUp")  # and round to the last
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-all")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("école")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    title = options.first.locator("span").first.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)


def test_an_older_question_never_answers_after_a_newer_one(url: str, page: Page) -> None:
    later = threading.Event()

    def hold(route: Route) -> None:
        if "q=capt" in route.request.url and not later.is_set():
            later.set()
            page.wait_for_timeout(600)
        route.fallback()

    page.route("**/recherche/suggestions/**", hold)
    page.goto(f"{url}/glossaire/")
    box = page.get_by_role("combobox")
    box.fill("captation")
    page.wait_for_timeout(250)
    box.fill("podcast loges")
    expect(page.get_by_role("option").first).to_contain_text("Le podcast des loges")
    page.wait_for_timeout(900)
    assert "podcast loges" in page.get_by_role("option").last.inner_text()


def test_everything_works_without_a_script(url: str, browser: Browser) -> None:
    context = browser.new_context(locale="fr-FR", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/glossaire/")
    page.get_by_role("searchbox").fill("mediaton ecole")
    page.keyboard.press("Enter")
    expect(page.locator(".row-title").first).to_have_text(RIGHT)
    page.locator("input[name=format][value=podcast]").check()
    page.get_by_role("button", name="Appliquer").click()
    assert "format=podcast" in page.url
    page.locator(".chip").last.click()
    assert urlsplit(page.url).query == "q=mediaton+ecole"
    page.locator("#query").fill("xylophone")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Cette recherche est notée, sans votre nom")).to_be_visible()
    context.close()
