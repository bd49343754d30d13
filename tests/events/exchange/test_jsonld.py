"""A meeting says to machines how one attends, what became of it, and when it was planned; never its link."""

import json
from typing import Any

import pytest

from events.actions import change_occurrence, set_status
from events.exchange.jsonld import structured
from events.models import Occurrence
from tests.factories.events import occurrence_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db
LINK = "https://visio.example/secret"


def said_of(occurrence: Occurrence) -> dict[str, Any]:
    text = structured(occurrence)
    assert "visio.example" not in text
    told: dict[str, Any] = json.loads(text)
    return told


@pytest.mark.parametrize(
    ("given", "mode", "places"),
    [
        ("onsite", "OfflineEventAttendanceMode", ["Place"]),
        ("online", "OnlineEventAttendanceMode", ["VirtualLocation"]),
        ("hybrid", "MixedEventAttendanceMode", ["Place", "VirtualLocation"]),
    ],
)
def test_how_one_attends(given: str, mode: str, places: list[str]) -> None:
    place = "" if given == "online" else "Médiathèque"
    said = said_of(occurrence_of(format=given, place=place, join_link=LINK))
    assert said["eventAttendanceMode"] == f"https://schema.org/{mode}"
    assert [place["@type"] for place in said["location"]] == places


@pytest.mark.parametrize(
    ("status", "schema"),
    [("cancelled", "EventCancelled"), ("postponed", "EventPostponed"), ("moved_online", "EventMovedOnline")],
)
def test_what_became_of_it(status: str, schema: str) -> None:
    host = UserFactory.create()
    occurrence = occurrence_of(host, format="hybrid", place="Médiathèque", join_link=LINK)
    assert said_of(occurrence)["eventStatus"] == "https://schema.org/EventScheduled"
    said = said_of(set_status(by=host, occurrence=occurrence, status=status))
    assert (said["eventStatus"], "previousStartDate" in said) == (f"https://schema.org/{schema}", False)


def test_a_moved_meeting_says_when_it_was_planned() -> None:
    network = NetworkFactory.create(name="Réseau rural")
    host = curator_of(network)
    occurrence = occurrence_of(host, network=network, start="2027-01-12T14:00", rrule="")
    moved = change_occurrence(by=host, occurrence=occurrence, values={"start": "2027-01-14T10:00"})
    said = said_of(moved)
    assert (said["eventStatus"], said["startDate"], said["previousStartDate"], said["organizer"]["name"]) == (
        "https://schema.org/EventRescheduled",
        "2027-01-14T09:00:00+00:00",
        "2027-01-12T13:00:00+00:00",
        "Réseau rural",
    )
