"""Seats through the API, alone and in a crowd: ten seats, ninety in order, none twice."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.db import connections

from commons.people.models import User
from events.models import Occurrence, Seat
from tests.factories.api import client_of, refusal
from tests.factories.events import occurrence_of
from tests.factories.people import UserFactory

CROWD, SEATS, AT_ONCE = 100, 10, 8


@pytest.mark.django_db
def test_one_seat_and_its_place_in_the_list() -> None:
    occurrence = occurrence_of(seats_online=1)
    path = f"/api/v1/occurrences/{occurrence.pk}/seats/"
    first, second = client_of(UserFactory.create()), client_of(UserFactory.create())
    made = first.post(path)
    assert (made.status_code, made.json()["status"], made.json()["position"]) == (201, "going", None)
    waiting = second.post(path, {"answer": "yes"}).json()
    assert (waiting["status"], waiting["position"]) == ("waiting", 1)
    assert second.get(path).json()["mine"] == waiting
    assert client_of().get(path).json() == {
        "mine": None,
        "onsite": {"going": 0, "waiting": 0, "capacity": None},
        "online": {"going": 1, "waiting": 1, "capacity": 1},
    }
    assert first.delete(path).json()["status"] == "none"
    assert second.get(path).json()["mine"]["status"] == "going"
    assert refusal(client_of().post(path)) == (401, "not_authenticated")


def crowd(doors: list[Any], path: str, method: str = "post") -> list[tuple[str, int | None]]:
    """Send everybody to the door at once, each on a connection of their own."""

    def knock(client: Any) -> tuple[str, int | None]:
        try:
            body = getattr(client, method)(path).json()
            return body["status"], body["position"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(knock, doors))


@pytest.mark.django_db(transaction=True)
def test_a_crowd_for_ten_seats() -> None:
    host = UserFactory.create()
    occurrence = occurrence_of(host, seats_online=SEATS, rrule="")
    people: list[User] = UserFactory.create_batch(CROWD)
    doors = [client_of(person) for person in people]
    path = f"/api/v1/occurrences/{occurrence.pk}/seats/"

    answers = crowd(doors, path)
    assert sorted(position for _status, position in answers if position) == list(range(1, CROWD - SEATS + 1))
    assert [status for status, _position in answers].count("going") == SEATS
    assert Seat.objects.filter(occurrence=occurrence).count() == CROWD

    waiting = list(_queue(occurrence))
    leaving = Seat.objects.filter(occurrence=occurrence, status="going").values_list("user_id", flat=True)[:3]
    gone = set(leaving)
    crowd([door for door, person in zip(doors, people, strict=True) if person.pk in gone], path, "delete")
    assert list(_queue(occurrence)) == waiting[3:]

    raised = client_of(host).patch(f"/api/v1/occurrences/{occurrence.pk}/", {"seats_online": SEATS + 20})
    assert raised.status_code == 200
    assert list(_queue(occurrence)) == waiting[23:]
    promoted = Seat.objects.filter(occurrence=occurrence).exclude(promoted_at=None)
    assert set(promoted.values_list("user_id", flat=True)) == set(waiting[:23])
    assert Seat.objects.filter(occurrence=occurrence, status="going").count() == SEATS + 20


def _queue(occurrence: Occurrence) -> Any:
    waiting = Seat.objects.filter(occurrence=occurrence, status="waiting").order_by("queued_at", "pk")
    return waiting.values_list("user_id", flat=True)


@pytest.mark.django_db
def test_attendance_is_said_then_confirmed() -> None:
    host, person = UserFactory.create(), UserFactory.create()
    with time_machine.travel("2026-10-01T10:00:00Z"):
        occurrence = occurrence_of(host, start="2026-10-13T14:00", rrule="", format="onsite")
    path = f"/api/v1/occurrences/{occurrence.pk}/"
    with time_machine.travel("2026-10-01T11:00:00Z"):
        assert refusal(client_of(person).post(f"{path}attendance/")) == (409, "not_begun")
        assert refusal(client_of(host).put(f"{path}attendance/", {"people": []})) == (409, "not_begun")
    with time_machine.travel("2026-10-13T13:00:00Z"):
        asked = [client_of(person).post(f"{path}attendance/").json() for _time in range(2)]
        assert asked[0] == asked[1]
        assert (asked[0]["mode"], asked[0]["has_asked_attendance"], asked[0]["has_attended"]) == ("onsite", True, False)
        confirm = {"people": [person.pk]}
        assert refusal(client_of(person).put(f"{path}attendance/", confirm)) == (403, "not_allowed")
        assert client_of(host).put(f"{path}attendance/", confirm).json() == {"attended": 1}
        assert client_of(person).get(f"{path}seats/").json()["mine"]["has_attended"] is True
        assert client_of(host).put(f"{path}attendance/", {"people": []}).json() == {"attended": 0}
        client_of(host).put(f"{path}status/", {"status": "cancelled"})
        assert refusal(client_of(host).post(f"{path}attendance/")) == (409, "not_taking_place")
