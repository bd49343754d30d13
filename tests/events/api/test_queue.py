"""The speaker queue through the API."""

from typing import Any

import pytest

from tests.factories.api import client_of, refusal
from tests.factories.events import open_room_now
from tests.factories.people import InstitutionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_hands_go_up_are_moved_get_the_floor_and_go_down() -> None:
    host, house = UserFactory.create(public_name="Hôte"), InstitutionFactory.create(name="Théâtre du Pont")
    one, two = (UserFactory.create(public_name=name, institution=house) for name in ("Un", "Deux"))
    path = f"/api/v1/occurrences/{open_room_now(host).pk}/"
    client = client_of(host)

    def names(answer: Any) -> list[str]:
        return [hand["person"]["name"] for hand in answer.json()["queue"]]

    raised = client_of(one).post(f"{path}queue/")
    assert (raised.status_code, names(raised)) == (201, ["Un"])
    both = client_of(two).post(f"{path}queue/", {"kind": "reply"}).json()["queue"]
    assert both[0] == {
        "id": both[0]["id"],
        "kind": "reply",
        "person": {"id": two.pk, "name": "Deux", "house": "Théâtre du Pont"},
        "reason": "",
    }
    last = both[1]["id"]
    moved = client.put(f"{path}queue/{last}/place/", {"place": 1, "reason": "Doit partir"})
    assert (names(moved), moved.json()["queue"][0]["reason"]) == (["Un", "Deux"], "Doit partir")
    assert client.put(f"{path}queue/balance/", {"balance": "person"}).json()["balance"] == "person"
    floor = client.put(f"{path}floor/", {"hand": both[0]["id"]}).json()
    assert (floor["floor"]["person"]["name"], floor["floor"]["kind"]) == ("Deux", "reply")
    assert client_of(two).delete(f"{path}floor/").json()["floor"] is None
    assert names(client_of(one).delete(f"{path}queue/{last}/")) == []
    client_of(one).post(f"{path}queue/")
    assert names(client.get(f"{path}queue/")) == ["Un"]
    assert names(client.delete(f"{path}queue/")) == []
    assert refusal(client.delete(f"{path}queue/{last}/")) == (404, "not_found")
    assert refusal(client.put(f"{path}floor/")) == (409, "empty_queue")
