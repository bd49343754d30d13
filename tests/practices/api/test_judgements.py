"""Trials, ratings and support: same refusals as the actions'."""

import pytest

from practices.actions import add_trial
from tests.factories.api import client_of, refusal
from tests.factories.people import UserFactory
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


def test_own_house_neither_tries_nor_rates() -> None:
    sheet = published_sheet()
    own, here = client_of(sheet.created_by), f"/api/v1/sheets/{sheet.pk}/"
    report = {"adaptation": "same", "outcome": "worked", "recommend": 5}
    assert refusal(own.post(f"{here}trials/", report)) == (403, "not_allowed")
    assert refusal(own.post(f"{here}ratings/", {"useful": 1, "clear": 1, "transferable": 1})) == (403, "not_allowed")


def test_ratings_are_withdrawn_and_badly_shaped_ones_refused() -> None:
    sheet = published_sheet()
    client, here = client_of(UserFactory.create()), f"/api/v1/sheets/{sheet.pk}/ratings/"
    for body in ({"useful": 6, "clear": 1, "transferable": 1}, {"useful": 1}, {"useful": "a", "x": 1}):
        assert refusal(client.post(here, body)) == (422, "invalid")
    client.post(here, {"useful": 1, "clear": 1, "transferable": 1})
    assert client.delete(here).status_code == 204
    assert client.get(here).json() == {"all": None, "houses_like_mine": None, "mine": None}


def test_trials_are_corrected_by_who_wrote_them() -> None:
    sheet, user = published_sheet(), UserFactory.create()
    trial = add_trial(by=user, sheet=sheet, adaptation="same", outcome="too_early", recommend=5)
    here = f"/api/v1/sheets/{sheet.pk}/trials/"
    report = {"adaptation": "same", "outcome": "failed", "recommend": 2}
    assert client_of(user).put(f"{here}{trial.pk}/", report).json()["outcome"] == "failed"
    assert refusal(client_of(UserFactory.create()).put(f"{here}{trial.pk}/", report)) == (403, "not_allowed")
    assert refusal(client_of(user).put(f"{here}{10**30}/", report)) == (404, "not_found")
    assert refusal(client_of(UserFactory.create()).post(here, report | {"parent": 0})) == (404, "not_found")
    assert refusal(client_of(UserFactory.create()).post(here, report | {"values": "x"})) == (422, "invalid")


def test_support_is_given_and_taken_back() -> None:
    need = published_sheet(kind="need")
    client, here = client_of(UserFactory.create()), f"/api/v1/sheets/{need.pk}/"
    assert client.post(f"{here}support/").status_code == 204
    assert client.get(here).json()["support_count"] == 1
    assert client.delete(f"{here}support/").status_code == 204
    assert client.get(here).json()["support_count"] == 0
