"""The pages in which the site speaks of itself say who answers for it, or that nobody has said so yet."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PAGES = ("/vie-privee/", "/mentions-legales/", "/accessibilite/", "/en/privacy/")


def text_of(path: str) -> str:
    return Client().get(path).content.decode()


def test_what_the_host_has_not_declared_is_said() -> None:
    assert [("SITE_CONTACT" in text_of(page)) for page in PAGES] == [True] * 4
    assert "SITE_HOST" in text_of("/mentions-legales/")


def test_what_the_host_declares_is_shown(settings: Any) -> None:
    settings.SITE_PUBLISHER, settings.SITE_HOST = "Association Le Pont\n1 rue du Pont", "Hébergeur <SAS>"
    settings.SITE_CONTACT = "bonjour@pont.example"
    legal = text_of("/mentions-legales/")
    assert "Association Le Pont<br>1 rue du Pont" in legal
    assert "Hébergeur &lt;SAS&gt;" in legal
    assert [page for page in PAGES if "mailto:bonjour@pont.example" not in text_of(page)] == []
    assert [page for page in PAGES if "SITE_" in text_of(page)] == []
