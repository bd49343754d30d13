"""Signing in through a house's identity provider: a small real one answers here, over HTTP, and signs what it says."""

import json
import runpy
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from playwright.sync_api import Page, expect
from pytest_django import Settings

from commons.people.models import User
from tests.servers import ROOT

CLAIMS = {"sub": "42", "email": "camille@pont.example", "email_verified": True, "name": "Camille D."}
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
JWK = RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True) | {"kid": "essai", "use": "sig", "alg": "RS256"}
SECRET = "un secret pour les essais"


class _Provider(BaseHTTPRequestHandler):
    """An identity provider that knows one person, asks nothing, and signs its ID tokens with a key it publishes."""

    def __init__(self, spoilt: dict[str, Any], *args: Any) -> None:
        self.spoilt = spoilt
        super().__init__(*args)

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        if path.path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
            names |= {"jwks_uri": "jwks"}
            self._answer({"issuer": self._own()} | {name: f"{self._own()}/{word}" for name, word in names.items()})
        elif path.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(path.query).items()}
            assert (asked["client_id"], "openid" in asked["scope"].split()) == ("commons", True)
            self.send_response(302)
            back = urlencode({"code": "once", "state": asked["state"]})
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif path.path == "/jwks":
            self._answer({"keys": [JWK]})
        else:
            assert (path.path, self.headers["Authorization"]) == ("/userinfo", "Bearer access")
            self._answer(CLAIMS)

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert (sent["code"], sent["client_secret"], bool(sent["code_verifier"])) == (["once"], [SECRET], True)
        now = int(time.time())
        said = CLAIMS | {"iss": self._own(), "aud": "commons", "iat": now, "exp": now + 60} | self.spoilt
        token = jwt.encode(said, KEY, algorithm="RS256", headers={"kid": "essai"})
        self._answer({"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def _own(self) -> str:
        return f"http://{self.headers['Host']}"

    def _answer(self, body: dict[str, object]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_words: object) -> None:
        """Stay silent."""


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Return a way to run a provider and to configure the site for it, by the variables that a house sets."""
    servers: list[ThreadingHTTPServer] = []

    def run(**spoilt: Any) -> None:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Provider, spoilt))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        own = {"SERVER_URL": f"http://127.0.0.1:{server.server_port}", "ID": "maison", "NAME": "Ma maison"}
        for name, value in (own | {"CLIENT_ID": "commons", "CLIENT_SECRET": SECRET}).items():
            monkeypatch.setenv(f"OIDC_{name}", value)
        read = runpy.run_path(str(ROOT / "commons" / "settings.py"))
        for name in ("SOCIALACCOUNT_PROVIDERS", "CONTENT_SECURITY_POLICY"):
            setattr(settings, name, read[name])

    yield run
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.ignore_template_errors  # allauth leaves names of its own undefined
def test_a_person_signs_in_with_their_house(page: Page, application_url: str, provider: Callable[..., None]) -> None:
    provider()
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


@pytest.mark.ignore_template_errors  # allauth leaves names of its own undefined
def test_a_token_that_was_not_made_for_us_signs_nobody_in(
    page: Page, application_url: str, provider: Callable[..., None]
) -> None:
    spoilt: list[dict[str, Any]] = [{"aud": "another"}, {"iss": "http://elsewhere.example"}, {"exp": 1}]
    for one in spoilt:
        provider(**one)
        page.goto(f"{application_url}/compte/oidc/maison/login/")
        page.locator("main form button").first.click()
        page.wait_for_url("**/callback/**")
        page.goto(f"{application_url}/profil/")
        assert "/compte/login/" in page.url
    assert User.objects.count() == 0


def test_no_button_without_a_provider(page: Page, application_url: str) -> None:
    page.goto(f"{application_url}/compte/login/")
    assert page.locator("a[href*=oidc], form[action*=oidc]").count() == 0
