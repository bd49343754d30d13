"""The calendar, a series and a meeting are read by whom they are open to; machines read the meeting as an Event."""

import json
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events.actions import set_status
from tests.factories.events import occurrence_of, rows_of, series_of
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db


def test_the_calendar_shows_what_is_to_come() -> None:
    network = NetworkFactory.create()
    curator = curator_of(network)
    series_of(curator, network=network, visibility="network", title="Entre nous")
    series_of(title="Ouvert à tout le monde")
    page = Client().get("/ateliers/").content.decode()
    assert ("Entre nous" in page, "Ouvert à tout le monde" in page) == (False, True)
    assert "Entre nous" in signed_in(curator).get("/ateliers/").content.decode()
    assert "Workshops" in Client().get("/en/workshops/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_costs_the_same_for_any_number(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    series_of(rrule=f"FREQ=WEEKLY;COUNT={count}")
    client = Client()
    with django_assert_num_queries(2):
        client.get("/ateliers/")


def test_a_hidden_meeting_is_not_found() -> None:
    network = NetworkFactory.create()
    hidden = occurrence_of(curator_of(network), network=network, visibility="network")
    assert Client().get(hidden.get_absolute_url()).status_code == 404
    assert Client().get(hidden.series.get_absolute_url()).status_code == 404


def test_a_meeting_is_an_event_for_machines_and_keeps_its_link_secret() -> None:
    host = UserFactory.create()
    series = series_of(host, join_link="https://visio.example/secret", title="Débat </script>", format="hybrid")
    row = set_status(by=host, occurrence=rows_of(series)[0], status="cancelled", reason="Grève")
    page = Client().get(row.get_absolute_url()).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    said = json.loads(found[1])
    assert (said["name"], said["eventStatus"], said["eventAttendanceMode"]) == (
        "Débat </script>",
        "https://schema.org/EventCancelled",
        "https://schema.org/MixedEventAttendanceMode",
    )
    assert ("visio.example" in page, "Grève" in page) == (False, True)
    assert "visio.example" in signed_in(host).get(row.get_absolute_url()).content.decode()
