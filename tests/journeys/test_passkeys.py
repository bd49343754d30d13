"""A passkey is made and signs in, with Chromium's own virtual authenticator."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from commons.people.models import User
from tests.factories.people import PASSWORD, UserFactory

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def member(application_url: str) -> User:  # noqa: ARG001 - its tables must be there
    person = UserFactory.create()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def test_a_passkey_is_made_and_signs_in(page: Page, application_url: str, member: User) -> None:
    # Passkeys need a name, not a number, for the site they belong to.
    url = application_url.replace("127.0.0.1", "localhost")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto(f"{url}/compte/login/")
    page.fill("[name=login]", member.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{url}/")
    page.goto(f"{url}/compte/2fa/webauthn/add/")
    page.fill("[name=password]", PASSWORD)  # asked again, before what protects the account is changed
    page.press("[name=password]", "Enter")
    page.locator("[name=name]").fill("Le téléphone")
    page.locator("[name=passwordless]").check()
    page.locator("main form button").last.click()
    page.wait_for_url(lambda address: "/add/" not in address, timeout=10_000)
    assert Authenticator.objects.filter(user=member, type="webauthn").count() == 1
    page.context.clear_cookies()
    page.goto(f"{url}/compte/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url(f"{url}/")
    expect(page.locator(".account-menu, details.menu").last).to_be_visible()
