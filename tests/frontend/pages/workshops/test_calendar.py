"""The calendar shows meetings as a list or day by day: everybody's, one's own, a network's, and how to subscribe."""

import re

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events.actions import answer, set_status
from tests.factories.events import occurrence_of, rows_of, series_of
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db


def test_the_list_shows_what_is_to_come() -> None:
    network = NetworkFactory.create()
    curator = curator_of(network)
    series_of(curator, network=network, visibility="network", title="Entre nous")
    series_of(title="Ouvert à tout le monde")
    page = Client().get("/ateliers/").content.decode()
    assert ("Entre nous" in page, network.name in page, "Ouvert à tout le monde" in page) == (False, False, True)
    assert "Entre nous" in signed_in(curator).get("/ateliers/").content.decode()
    assert "Workshops" in Client().get("/en/workshops/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("asked", "queries"), [("", 3), ("?mois=2027-01", 2)])
def test_the_calendar_costs_the_same_for_any_number(
    count: int, asked: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    series_of(rrule=f"FREQ=WEEKLY;COUNT={count}", start="2027-01-05T14:00")
    client = Client()
    with django_assert_num_queries(queries):
        client.get(f"/ateliers/{asked}")


def days_of(page: str) -> dict[str, list[str]]:
    """Return the titles on each day of a month that has any."""
    found = re.findall(r'<time datetime="([\d-]{10})">(.*?)(?=<time datetime="[\d-]{10}">|</ol>)', page, re.DOTALL)
    titles = {day: re.findall(r'month-time">[\d:]+</span> (.*?)</a>', rest) for day, rest in found}
    return {day: names for day, names in titles.items() if names}


def test_a_month_is_shown_day_by_day_at_the_clock_of_each_place() -> None:
    with time_machine.travel("2026-09-01T10:00:00Z"):
        host = UserFactory.create()
        series = series_of(host, start="2026-10-06T14:00", rrule="FREQ=WEEKLY;COUNT=5", title="Débat")
        series_of(start="2026-10-31T23:30", rrule="", timezone="Pacific/Noumea", title="Nouméa")
        set_status(by=host, occurrence=rows_of(series)[1], status="cancelled")
        page = Client().get("/ateliers/?mois=2026-10").content.decode()
    tuesdays = {f"2026-10-{day:02}": ["Débat"] for day in (6, 13, 20, 27)} | {"2026-10-31": ["Nouméa"]}
    assert {day: names for day, names in days_of(page).items() if day < "2026-11"} == tuesdays
    assert page.count("month-off") == 1
    assert ('href="?mois=2026-09"' in page, 'href="?mois=2026-11"' in page) == (True, True)
    assert "Octobre 2026" in page
    empty = Client().get("/ateliers/?mois=2026-03").content.decode()
    assert ("Aucun atelier ce mois-ci" in empty, days_of(empty)) == (True, {})


def test_whose_meetings_are_shown() -> None:
    network = NetworkFactory.create(name="Réseau rural", slug="rural")
    curator, person = curator_of(network), UserFactory.create()
    series_of(curator, network=network, title="Du réseau", rrule="", start="2027-01-05T14:00")
    mine = occurrence_of(title="Le mien", rrule="", start="2027-01-06T14:00")
    answer(by=person, occurrence=mine)
    client = signed_in(person)
    shown = {}
    for asked in ("", "qui=moi&", "qui=reseau:rural&", "qui=reseau:ailleurs&"):
        listed = client.get(f"/ateliers/?{asked}").content.decode()
        days = days_of(client.get(f"/ateliers/?{asked}mois=2027-01").content.decode())
        shown[asked] = sorted(name for name in ("Du réseau", "Le mien") if f">{name}</a>" in listed)
        assert sorted(name for names in days.values() for name in names) == shown[asked]
    assert list(shown.values()) == [["Du réseau", "Le mien"], ["Le mien"], ["Du réseau"], ["Du réseau", "Le mien"]]


def test_a_month_that_is_none_is_the_list() -> None:
    for wrong in ("2026-13", "1999-01", "janvier"):
        assert 'class="month"' not in Client().get(f"/ateliers/?mois={wrong}").content.decode()
    assert 'class="month"' in Client().get("/ateliers/?mois=ce").content.decode()


def test_ways_into_ones_own_calendar() -> None:
    network = NetworkFactory.create(slug="rural")
    curator = curator_of(network)
    shown = occurrence_of(curator, network=network, join_link="https://visio.example/secret")
    hidden = series_of(curator, network=network, visibility="network")
    client = signed_in(curator)
    personal = re.search(r'href="(webcal://[^"]*/calendars/[^"]*\.ics)"', client.get("/ateliers/").content.decode())
    assert personal is not None
    key = personal[1].split("/api/v1")[1]
    assert b"visio.example" in Client().get(f"/api/v1{key}").content
    assert "/networks/rural/calendar.ics" in Client().get("/ateliers/?qui=reseau:rural").content.decode()
    assert "webcal://" not in Client().get("/ateliers/").content.decode()
    assert f"/series/{shown.series_id}/calendar.ics" in client.get(shown.series.get_absolute_url()).content.decode()
    private = client.get(hidden.get_absolute_url()).content.decode()
    assert (f"/series/{hidden.pk}/calendar.ics" in private, personal[1] in private) == (False, True)
    assert "n’est pas publique" in private
    address = f"/api/v1/occurrences/{shown.pk}/calendar.ics"
    assert address in client.get(shown.get_absolute_url()).content.decode()
    once = client.get(address)
    assert (once.content.count(b"BEGIN:VEVENT"), b"visio.example" in once.content) == (1, False)
    assert client.get(address, headers={"If-None-Match": once["ETag"]}).status_code == 304
