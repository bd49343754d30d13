"""The questions of a room through the API."""

import pytest

from tests.factories.api import client_of, refusal
from tests.factories.events import open_room_now
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_questions_are_asked_voted_answered_and_taken_out() -> None:
    host, reader = UserFactory.create(), UserFactory.create(public_name="Alix")
    path = f"/api/v1/occurrences/{open_room_now(host).pk}/questions/"
    client, other = client_of(host), client_of(reader)
    sent = {"text": "Combien ?", "client_id": "un"}
    first, again = other.post(path, sent), other.post(path, sent)
    assert (first.status_code, again.status_code, first.json()) == (201, 200, again.json())
    asked = first.json()
    assert (asked["by"], asked["voices"], asked["is_mine"]) == ("Alix", 1, True)
    assert client.put(f"{path}{asked['id']}/vote/").json() == asked | {"voices": 2}
    assert client.get(path).json()["results"] == [asked | {"voices": 2}]
    assert client.delete(f"{path}{asked['id']}/vote/").json() == asked | {"is_mine": False}
    assert client.post(f"{path}{asked['id']}/closure/").json()["answered_at"] is not None
    assert refusal(other.delete(f"{path}{asked['id']}/")) == (403, "not_allowed")
    assert client.delete(f"{path}{asked['id']}/").status_code == 204
    assert refusal(client.put(f"{path}{asked['id']}/vote/")) == (404, "not_found")
    assert other.get(path).json()["results"] == []
