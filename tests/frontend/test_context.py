"""What every page's template knows."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from frontend.context import alternates_of, initials_of, site


def test_a_page_knows_its_address_in_each_language() -> None:
    expected = [
        {"code": "fr", "label": "Version française", "path": "/", "url": f"{settings.SITE_URL}/"},
        {"code": "en", "label": "English version", "path": "/en/", "url": f"{settings.SITE_URL}/en/"},
    ]
    with translation.override("fr"):
        assert alternates_of("/") == expected
    with translation.override("en"):
        assert alternates_of("/en/") == expected


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Nour Belkacem", "NB"), ("Anaïs", "A"), ("Jean de la Fontaine", "JD"), ("élodie", "É"), ("", "")],
)
def test_initials_are_those_of_two_words_at_most(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_a_visitor_has_no_initials_and_the_search_typed_is_no_address() -> None:
    request = RequestFactory().get("/", {"q": "audioguide"})
    request.user = AnonymousUser()
    known = site(request)
    assert str(known["initials"]) == ""
    assert known["canonical_url"] == f"{settings.SITE_URL}/"
