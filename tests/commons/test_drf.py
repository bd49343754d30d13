"""What every address of the API promises: shape, language, tags, rates, and that no input breaks it."""

import base64
from typing import Any

import pytest
from django.test import Client, override_settings

from commons.people.models import Network
from practices.queries import sheets
from tests.factories.api import client_of, refusal
from tests.factories.people import NetworkFactory, UserFactory
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db
SHEETS, ME = "/api/v1/sheets/", "/api/v1/me/"


def cursor_at(position: str) -> str:
    return base64.b64encode(f"p={position}".encode()).decode()


@pytest.mark.parametrize("name", ["q", "network", "institution", "tag", "editorial_state", "format", "cursor"])
def test_no_filter_takes_what_no_database_holds(name: str) -> None:
    assert refusal(client_of().get(SHEETS, {name: "a\x00"})) == (400, "malformed")


def test_no_address_takes_what_no_database_holds() -> None:
    assert refusal(client_of().get(f"{SHEETS}a%00/")) == (400, "malformed")


@pytest.mark.parametrize("resource", ["sheets", "collections", "terms", "institutions", "networks"])
@pytest.mark.parametrize("position", ["%00", "abc", "2026-02-30 00:00:00+00:00", "0001-01-01T00:00:00+14:00"])
def test_a_cursor_that_is_none_of_ours_is_refused(resource: str, position: str) -> None:
    assert refusal(client_of().get(f"/api/v1/{resource}/", {"cursor": cursor_at(position)})) == (404, "not_found")


def test_a_cursor_of_ours_goes_there_and_back() -> None:
    older, newer = NetworkFactory.create(), NetworkFactory.create()
    first = client_of().get("/api/v1/networks/", {"limit": 1}).json()
    second = client_of().get(first["next"]).json()
    back = client_of().get(second["previous"]).json()
    pages = [[row["slug"] for row in page["results"]] for page in (first, second, back)]
    assert pages == [[newer.slug], [older.slug], [newer.slug]]
    assert Network.objects.count() == 2


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ('{"job": "\\ud800"}', 400, "parse_error"),
        ('{"\\udfff": "x"}', 400, "parse_error"),
        ('{"job": ' + "[" * 100_000 + "]" * 100_000 + "}", 400, "parse_error"),
        ('{"job": NaN}', 400, "parse_error"),
        (b'{"job": "\xff"}', 400, "parse_error"),
        ('{"job": "' + "x" * 3_000_001 + '"}', 413, "too_big"),
        ('{"job": "\\u0000"}', 400, "invalid"),
    ],
    ids=["half a character", "half a name", "deep", "no number", "no utf-8", "too big", "nul"],
)
def test_a_body_that_cannot_be_kept_is_refused(body: Any, status: int, code: str) -> None:
    response = client_of(UserFactory.create()).patch(ME, body, content_type="application/json")
    assert refusal(response) == (status, code)


def test_a_character_beyond_the_first_plane_is_kept() -> None:
    client = client_of(UserFactory.create())
    response = client.patch(ME, '{"job": "\\ud83c\\udfad"}', content_type="application/json")
    assert response.json()["job"] == "🎭"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("fr", "Cette page n’existe pas, ou ne vous est pas ouverte."),
        ("en-GB,en;q=0.9", "This page does not exist, or is not open to you."),
        ("de", "Cette page n’existe pas, ou ne vous est pas ouverte."),
    ],
)
def test_refusals_are_in_the_language_asked_for(asked: str, said: str) -> None:
    for address in (f"{SHEETS}rien/", "/api/v1/rien/", "/api/rien/"):
        response = client_of().get(address, headers={"Accept-Language": asked})
        assert (refusal(response), response.json()["detail"]) == ((404, "not_found"), said)


def test_what_fails_on_our_side_is_said_in_the_same_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    monkeypatch.setattr(sheets, "is_signed_in", None)
    assert refusal(client.get(SHEETS)) == (500, "server_error")
    with override_settings(ALLOWED_HOSTS=["commons.example"]):
        assert refusal(client.get(SHEETS, headers={"Host": "other.example"})) == (400, "malformed")


def test_an_answer_is_asked_again_for_nothing_until_it_changes() -> None:
    published_sheet()
    client = client_of()
    first = client.get(SHEETS)
    tag = first["ETag"]
    for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        again = client.get(SHEETS, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert first["Cache-Control"] == "private, no-cache"
    assert set(first["Vary"].split(", ")) == {"Accept", "Accept-Language", "Authorization", "Cookie"}
    published_sheet()
    assert client.get(SHEETS, headers={"If-None-Match": tag}).status_code == 200


def test_each_answer_says_what_is_left_of_the_rate() -> None:
    client = client_of(UserFactory.create())
    assert (client.get(ME)["RateLimit-Policy"], client.get(ME)["RateLimit"]) == (
        '"read";q=1200;w=60',
        '"read";r=1198;t=60',
    )
    writes = [client.patch(ME, {"job": "Régie"}) for _ in range(121)]
    assert [response.status_code for response in writes] == [200] * 120 + [429]
    assert (writes[0]["RateLimit"], writes[-1]["RateLimit"].split(";")[1]) == ('"write";r=119;t=60', "r=0")
    assert (refusal(writes[-1]), int(writes[-1]["Retry-After"]) <= 61) == ((429, "throttled"), True)
