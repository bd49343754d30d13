"""The polls of a room through the API: what was answered is hidden from who has not."""

import pytest

from tests.factories.api import client_of, refusal
from tests.factories.events import open_room_now
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_counts_are_hidden_until_one_has_answered_or_the_poll_is_closed() -> None:
    host, reader = UserFactory.create(), UserFactory.create()
    path = f"/api/v1/occurrences/{open_room_now(host).pk}/polls/"
    client, other = client_of(host), client_of(reader)
    opened = client.post(path, {"question": "Quand ?", "options": ["Mardi", "Jeudi"]}, format="json")
    poll = opened.json()
    assert (opened.status_code, poll["counts"], poll["mine"]) == (201, None, None)
    told = client.put(f"{path}{poll['id']}/answer/", {"option": 1}).json()
    assert (told["counts"], told["mine"], told["voters"]) == ([0, 1], 1, 1)
    assert other.get(path).json()["results"] == [told | {"counts": None, "mine": None}]
    assert client.get(path).json()["results"] == [told]
    events = other.get(path.replace("polls", "events") + "?after=1").json()["events"]
    assert [row["counts"] for event in events for row in event["rows"]["polls"]] == [None, None]
    closed = client.post(f"{path}{poll['id']}/closure/").json()
    assert (closed["counts"], closed["mine"]) == ([0, 1], None)
    assert other.get(path).json()["results"][0]["counts"] == [0, 1]
    assert refusal(other.put(f"{path}{poll['id']}/answer/", {"option": 0})) == (409, "poll_closed")
    assert refusal(other.put(f"{path}999/answer/", {"option": 0})) == (404, "not_found")
