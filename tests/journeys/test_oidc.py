"""Signing in through a house's identity provider, in a browser, from a small real one that signs what it says."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from commons.people.models import User
from tests.identity import CLAIMS, Behaviour, providers


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Behaviour]]:
    """Return a way to run a provider."""
    with providers(settings, monkeypatch) as run:
        yield run


@pytest.mark.ignore_template_errors  # allauth leaves names of its own undefined
def test_a_person_signs_in_with_their_house_and_out_of_both(
    page: Page, application_url: str, provider: Callable[..., Behaviour], settings: Settings
) -> None:
    settings.SITE_URL = application_url
    said = provider(Behaviour(info_kid="essai"))
    page.goto(f"{application_url}/compte/login/")
    page.get_by_role("link", name="Ma maison").or_(page.get_by_role("button", name="Ma maison")).first.click()
    if "/login/" in page.url and "oidc" in page.url:
        page.locator("main form button").first.click()
    page.wait_for_url(lambda address: "/compte/" not in address or "signup" in address, timeout=10_000)
    if "signup" in page.url:
        page.fill("[name=public_name]", "Camille D.")
        page.locator("main form button").first.click()
        page.wait_for_url(lambda address: "signup" not in address, timeout=10_000)
    assert User.objects.get(email=CLAIMS["email"]).public_name == "Camille D."
    page.goto(f"{application_url}/profil/")
    expect(page.locator("h1")).to_have_text("Mon profil")
    page.goto(f"{application_url}/compte/logout/")
    page.locator("main form button").first.click()
    page.wait_for_url(f"{application_url}/?state=*")
    assert sorted(said.asked) == ["id_token_hint", "post_logout_redirect_uri", "state"]
    page.goto(f"{application_url}/profil/")
    assert "/compte/login/" in page.url


@pytest.mark.ignore_template_errors  # allauth leaves names of its own undefined
def test_a_token_that_was_not_made_for_us_signs_nobody_in(
    page: Page, application_url: str, provider: Callable[..., Behaviour]
) -> None:
    spoilt: list[dict[str, Any]] = [{"aud": "another"}, {"iss": "http://elsewhere.example"}, {"exp": 1}]
    for one in spoilt:
        provider(Behaviour(proof=one))
        page.goto(f"{application_url}/compte/oidc/maison/login/")
        page.locator("main form button").first.click()
        page.wait_for_url("**/callback/**")
        page.goto(f"{application_url}/profil/")
        assert "/compte/login/" in page.url
    assert User.objects.count() == 0


def test_no_button_without_a_provider(page: Page, application_url: str) -> None:
    page.goto(f"{application_url}/compte/login/")
    assert page.locator("a[href*=oidc], form[action*=oidc]").count() == 0
