"""The doors of workshops that outside checks rely on, used literally as they are written down."""

import icalendar
import pytest

from tests.factories.api import client_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_series_is_opened_read_as_a_calendar_and_its_seats_are_taken_in_order() -> None:
    client = client_of(UserFactory.create())
    sent = {
        "title": "Le mardi des publics",
        "start": "2027-01-12T14:00",
        "timezone": "Europe/Paris",
        "duration_minutes": 90,
        "rrule": "FREQ=MONTHLY;BYDAY=2TU;COUNT=3",
    }
    made = client.post("/api/v1/series/", sent)
    assert made.status_code == 201
    series = made.json()["id"]
    calendar = client_of().get(f"/api/v1/series/{series}/calendar.ics")
    assert (calendar.status_code, calendar["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    rule = icalendar.Calendar.from_ical(calendar.content).walk("VEVENT")[0]["RRULE"]
    assert dict(rule) == {"FREQ": ["MONTHLY"], "BYDAY": ["2TU"], "COUNT": [3]}
    meetings = client.get(f"/api/v1/series/{series}/occurrences/").json()["results"]
    assert [row["starts_at"] for row in meetings] == [
        "2027-01-12T13:00:00Z",
        "2027-02-09T13:00:00Z",
        "2027-03-09T13:00:00Z",
    ]
    seats = f"/api/v1/occurrences/{meetings[0]['id']}/seats/"
    client.patch(f"/api/v1/occurrences/{meetings[0]['id']}/", {"seats_online": 1})
    people = [client_of(UserFactory.create()) for _person in range(3)]
    answers = [person.post(seats).json() for person in people]
    assert [(row["status"], row["position"]) for row in answers] == [("going", None), ("waiting", 1), ("waiting", 2)]


def test_the_address_of_ones_own_calendar_opens_without_a_session() -> None:
    address = client_of(UserFactory.create()).get("/api/v1/me/").json()["calendar"]
    path = "/" + address.split("://", 1)[1].split("/", 1)[1]
    opened = client_of().get(path)
    assert (opened.status_code, opened.content[:15]) == (200, b"BEGIN:VCALENDAR")
