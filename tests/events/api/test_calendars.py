"""Calendar files carry strong tags, rise their SEQUENCE when they must, and keep join links private."""

import re

import pytest

from events.actions import change_occurrence, change_series, confirm_occurrence, set_status
from events.models import Series
from tests.factories.api import client_of, refusal
from tests.factories.events import rows_of, series_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db


def calendar_of(series: Series) -> str:
    return f"/api/v1/series/{series.pk}/calendar.ics"


def test_tag_and_304_until_something_changes() -> None:
    host = UserFactory.create()
    series = series_of(host)
    client = client_of()
    first = client.get(calendar_of(series), headers={"Accept": "text/calendar"})
    assert (first.status_code, first["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    tag = first["ETag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
    again = client.get(calendar_of(series), headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert client.get(calendar_of(series)).content == first.content
    change_series(by=host, series=series, values={"title": "Grand débat"})
    renamed = client.get(calendar_of(series), headers={"If-None-Match": tag})
    assert (renamed.status_code, b"Grand d" in renamed.content) == (200, True)
    set_status(by=host, occurrence=rows_of(series)[0], status="cancelled")
    assert client.get(calendar_of(series), headers={"If-None-Match": renamed["ETag"]}).status_code == 200


def test_sequences_of_the_file() -> None:
    host = UserFactory.create()
    series = series_of(host)
    told = []

    def note() -> None:
        told.append(re.findall(r"SEQUENCE:(\d+)", client_of().get(calendar_of(series)).content.decode()))

    note()
    change_series(by=host, series=series, values={"title": "Autre titre"})
    note()
    change_series(by=host, series=series, values={"place": "Médiathèque"})
    note()
    change_occurrence(by=host, occurrence=rows_of(series)[1], values={"place": "Théâtre"})
    note()
    confirm_occurrence(by=host, occurrence=rows_of(series)[1])
    change_series(by=host, series=series, values={"duration_minutes": 30})
    note()
    assert told == [["0"], ["0"], ["1"], ["1", "2"], ["2", "3"]]


def test_hidden_series_have_no_calendar() -> None:
    network = NetworkFactory.create()
    curator = curator_of(network)
    hidden = series_of(curator, network=network, visibility="network")
    shown = series_of(curator, network=network, title="Ouverte")
    assert refusal(client_of().get(calendar_of(hidden))) == (404, "not_found")
    assert client_of(curator).get(calendar_of(hidden)).status_code == 200
    for reader, uids in ((client_of(), {shown.pk}), (client_of(curator), {shown.pk, hidden.pk})):
        text = reader.get(f"/api/v1/networks/{network.slug}/calendar.ics").content.decode()
        assert set(re.findall(r"UID:([0-9A-Z]{26})@", text)) == uids
    assert refusal(client_of().get("/api/v1/networks/nulle-part/calendar.ics")) == (404, "not_found")


def test_own_calendar_is_secret_holds_the_link_and_is_renewed() -> None:
    host = UserFactory.create()
    series = series_of(host, join_link="https://visio.example/secret")
    stranger = UserFactory.create()
    client = client_of(host)
    address = client.get("/api/v1/me/").json()["calendar"]
    path = address.split("127.0.0.1", 1)[-1].split("/", 1)[1]
    mine = client_of().get(f"/{path}")
    assert (mine.content.count(b"BEGIN:VEVENT"), mine.content.count(b"https://visio.example/secret")) == (5, 10)
    assert client_of().get(f"/{path}", headers={"If-None-Match": mine["ETag"]}).status_code == 304
    theirs = client_of(stranger).get("/api/v1/me/").json()["calendar"]
    assert b"BEGIN:VEVENT" not in client_of().get(theirs.removeprefix("http://127.0.0.1:8000")).content
    renewed = client.post("/api/v1/me/calendar/").json()["calendar"]
    assert renewed != address
    assert refusal(client_of().get(f"/{path}")) == (404, "not_found")
    for wrong in ("1-abc", "x", "9" * 30 + "-a"):
        assert refusal(client_of().get(f"/api/v1/calendars/{wrong}.ics")) == (404, "not_found")
    assert b"secret" not in client_of(host).get(calendar_of(series)).content
