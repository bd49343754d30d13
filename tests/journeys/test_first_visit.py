"""A newcomer opens the site that `make run` serves, in either language."""

import pytest
from playwright.sync_api import Page, expect

from tests.servers import Site


@pytest.mark.parametrize(("path", "language"), [("/", "fr"), ("/en/", "en")])
def test_home_opens_in_the_language_of_its_address(site: Site, page: Page, path: str, language: str) -> None:
    answer = page.goto(site.url + path)
    assert answer is not None
    assert answer.status == 200
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("banner")).to_be_visible()


def test_application_answers_over_the_test_database(application_url: str, page: Page) -> None:
    page.goto(application_url)
    expect(page.get_by_role("banner")).to_be_visible()
