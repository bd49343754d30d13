"""What every page's template knows."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from commons.notices.queries import unread_count
from commons.people.rules import is_any_curator

# Each said in its own language: the switch speaks to those who do not read this page.
VERSIONS = {"fr": "Version française", "en": "English version"}


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name and address, this page's in each language, the reader's initials, role and bell.

    Computed only when a template asks: a fragment does not pay for them.
    """
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "canonical_url": f"{settings.SITE_URL}{request.path}",
        "alternates": SimpleLazyObject(lambda: alternates_of(request.path)),
        "is_curator": SimpleLazyObject(lambda: is_any_curator(request.user)),
        "unread_notices": cache(lambda: unread_count(request.user)),
        "initials": SimpleLazyObject(lambda: initials_of(getattr(request.user, "public_name", ""))),
    }


def alternates_of(path: str) -> list[dict[str, str]]:
    """Return this page in each language: path for the switch, absolute address for search engines."""
    here = get_language()
    paths = {code: path if code == here else translate_url(path, code) for code in VERSIONS}
    return [
        {"code": code, "label": VERSIONS[code], "path": paths[code], "url": f"{settings.SITE_URL}{paths[code]}"}
        for code in VERSIONS
    ]


def initials_of(name: str) -> str:
    """Return the first letters of the first two words of a name."""
    return "".join(word[0] for word in name.split()[:2]).upper()
