"""Signing in through a house's identity provider: a small real one answers here, over HTTP."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from csp.constants import SELF
from playwright.sync_api import Page, expect
from pytest_django import Settings

from commons.people.models import User

CLAIMS = {"sub": "42", "email": "camille@pont.example", "email_verified": True, "name": "Camille D."}


class _Provider(BaseHTTPRequestHandler):
    """An identity provider that knows one person and asks nothing."""

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        own = f"http://{self.headers['Host']}"
        if path.path.endswith("openid-configuration"):
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
            self._answer({"issuer": own, "jwks_uri": f"{own}/jwks"} | {k: f"{own}/{v}" for k, v in names.items()})
        elif path.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(path.query).items()}
            self.send_response(302)
            back = urlencode({"code": "once", "state": asked["state"]})
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        else:
            assert self.headers["Authorization"] == "Bearer access"
            self._answer(CLAIMS)

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert (sent["code"], bool(sent["code_verifier"])) == (["once"], True)
        self._answer({"access_token": "access", "token_type": "Bearer", "expires_in": 60})

    def _answer(self, body: dict[str, object]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_words: object) -> None:
        """Stay silent."""


@pytest.fixture
def provider(settings: Settings) -> Iterator[str]:
    """Run a provider and configure it, as `OIDC_SERVER_URL` does."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    app = {"provider_id": "maison", "name": "Ma maison", "client_id": "commons", "secret": "essai"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app | {"settings": {"server_url": url}}]}
    }
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"form-action": [SELF, url]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives}
    yield url
    server.shutdown()
    server.server_close()


@pytest.mark.ignore_template_errors  # allauth leaves names of its own undefined
def test_a_person_signs_in_with_their_house(page: Page, application_url: str, provider: str) -> None:  # noqa: ARG001 - it answers
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


def test_no_button_without_a_provider(page: Page, application_url: str) -> None:
    page.goto(f"{application_url}/compte/login/")
    assert page.locator("a[href*=oidc], form[action*=oidc]").count() == 0
