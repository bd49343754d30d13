"""The door of received mails opens to who knows the secret, now."""

import time
from typing import Any

import pytest
from django.test import Client

from forum.api import mails
from forum.exchange.signatures import signature_of
from tests.factories.api import refusal
from tests.factories.forum import thread_of
from tests.factories.mails import address_for, mail_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/mails/"


def sent(raw: bytes, *, stamp: int | None = None, signature: str = "") -> Any:
    second = str(stamp or int(time.time()))
    headers = {"X-Commons-Timestamp": second, "X-Commons-Signature": signature or f"sha256={signature_of(second, raw)}"}
    return Client(enforce_csrf_checks=True).post(ADDRESS, raw, content_type="message/rfc822", headers=headers)


def test_a_signed_mail_is_posted_once(settings: Any) -> None:
    settings.MAIL_INBOUND_SECRET = "secret"
    person, thread = UserFactory.create(), thread_of()
    raw = mail_of(person, address_for(person, thread)).as_bytes()
    first, again = sent(raw), sent(raw)
    assert (first.status_code, first.json()) == (200, {"post": thread.posts.get(author=person).pk})
    assert again.json() == first.json()
    assert sent(b"x").json() == {"post": None}


def test_who_does_not_know_the_secret_is_refused(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(sent(b"x", signature="0")) == (404, "not_found")
    settings.MAIL_INBOUND_SECRET = "secret"
    assert refusal(sent(b"x", signature="0")) == (403, "not_allowed")
    assert refusal(sent(b"x", stamp=int(time.time()) - 600)) == (403, "not_allowed")
    assert refusal(Client().post(ADDRESS, b"x", content_type="message/rfc822")) == (403, "not_allowed")
    assert refusal(Client().get(ADDRESS)) == (404, "not_found")
    monkeypatch.setattr(mails, "MOST_BYTES", 3)
    assert refusal(sent(b"xxxx")) == (413, "too_big")
