"""What every answer says to the browser, and what cookies are called where there is https."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tests.factories.pages import signed_in
from tests.factories.people import UserFactory

SETTINGS = """
from django.conf import settings as s
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,
      s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE)
"""
POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/fiches/", "/compte/login/", "/rien-du-tout/", "/api/v1/sheets/", "/healthz"])
def test_every_answer_keeps_browsers_strict(path: str) -> None:
    answer = Client().get(path, headers={"Origin": "https://ailleurs.example"})
    told = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if part.strip())
    assert {name: told.get(name) for name in POLICY} == POLICY
    assert told["script-src"].split()[0] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    said = {name: answer.get(name) for name in ("X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options")}
    assert said == {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY"}
    assert [name for name in answer.headers if name.lower().startswith("access-control-")] == []


@pytest.mark.django_db
def test_a_persons_pages_are_theirs_and_signing_out_leaves_nothing_in_the_browser() -> None:
    browser = signed_in(UserFactory.create())
    page = browser.get("/mes-fiches/")
    assert (page["Cache-Control"], page.get("Clear-Site-Data")) == ("private, no-cache", None)
    assert browser.get("/compte/sessions/")["Cache-Control"] == "no-store"
    gone = browser.post("/compte/logout/")
    assert (gone.status_code, gone["Clear-Site-Data"]) == (302, '"storage"')


def test_cookies_and_redirects_are_strict_where_there_is_https(tmp_path: Path) -> None:
    surroundings = os.environ | {
        "COMMONS_URL": "https://commons.example",
        "COMMONS_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "commons.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", SETTINGS], env=surroundings, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["__Host-session", "__Host-csrf", *["True"] * 3, "31536000", "True", "True", "Lax"]
