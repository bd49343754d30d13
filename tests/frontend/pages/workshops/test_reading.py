"""A series and a meeting are read by whom they are open to; machines read the meeting as an Event."""

import json
import re

import pytest
from django.test import Client

from events.actions import set_status
from tests.factories.events import occurrence_of, rows_of, series_of
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db


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
