"""Hosts open series in plain words, see the next dates before saving, and steer their meetings."""

import pytest

from events.models import Series
from tests.factories.events import rows_of, series_of
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
FORM = {
    "title": "Débat du mardi",
    "start": "2027-01-12T14:00",
    "timezone": "Europe/Paris",
    "duration_minutes": "90",
    "repeat": "month_nth",
    "until": "2027-06-30",
    "format": "online",
    "visibility": "public",
    "template": "debate",
}


def test_the_next_dates_are_shown_before_saving() -> None:
    client = signed_in(UserFactory.create())
    shown = client.post("/ateliers/proposer/", FORM | {"preview": "1"}).content.decode()
    assert "Chaque 2e mardi du mois à 14 h (Paris) jusqu’au 30 juin 2027" in shown
    assert "mardi 9 février 2027, 14:00" in shown
    assert Series.objects.count() == 0
    response = client.post("/ateliers/proposer/", FORM)
    series = Series.objects.get()
    assert (response["Location"], series.rrule) == (
        series.get_absolute_url(),
        "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270630T215959Z",
    )
    assert "Prochaines séances" in client.get(series.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("repeat", "rrule"),
    [
        ("", ""),
        ("week", "FREQ=WEEKLY;BYDAY=TU"),
        ("two_weeks", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("month_last", "FREQ=MONTHLY;BYDAY=-1TU"),
        ("month_day", "FREQ=MONTHLY;BYMONTHDAY=12"),
        ("own", "FREQ=DAILY;COUNT=3"),
    ],
)
def test_each_rhythm_is_a_rule(repeat: str, rrule: str) -> None:
    values = FORM | {"repeat": repeat, "until": "", "rrule": "FREQ=DAILY;COUNT=3"}
    signed_in(UserFactory.create()).post("/ateliers/proposer/", values)
    assert Series.objects.get().rrule == rrule


def test_a_refusal_is_beside_its_field() -> None:
    page = signed_in(UserFactory.create()).post("/ateliers/proposer/", FORM | {"start": "demain"}).content.decode()
    assert "Écrivez une date et une heure" in page
    page = (
        signed_in(UserFactory.create())
        .post("/ateliers/proposer/", FORM | {"repeat": "own", "rrule": "FREQ=HOURLY"})
        .content.decode()
    )
    assert "Une série revient par jour" in page


def test_a_series_and_its_meetings_are_steered() -> None:
    host = UserFactory.create()
    series = series_of(host, needs_confirmation=True, format="hybrid")
    client, row = signed_in(host), rows_of(series)[1]
    page = client.get(f"/ateliers/series/{series.pk}/modifier/").content.decode()
    assert 'value="own" selected' in page
    changed = FORM | {"title": "Le grand débat", "repeat": "own", "rrule": series.rrule, "start": series.start[:16]}
    client.post(f"/ateliers/series/{series.pk}/modifier/", changed)
    series.refresh_from_db()
    assert series.title == "Le grand débat"
    form = {"start": row.start.replace("T14:00", "T16:00")[:16], "duration_minutes": "60", "title": "", "place": "Ici"}
    assert "Celle-ci seulement" in client.get(f"/ateliers/{row.pk}/modifier/").content.decode()
    client.post(f"/ateliers/{row.pk}/modifier/", form)
    client.post(f"/ateliers/{row.pk}/suite/", {"confirm": "1"})
    client.post(f"/ateliers/{row.pk}/etat/", {"status": "cancelled", "reason": "Grève"})
    row = rows_of(series)[1]
    assert (row.start[11:16], row.place, row.confirmed_by, row.status) == ("16:00", "Ici", host, "cancelled")
    last = rows_of(series)[3]
    client.post(f"/ateliers/{last.pk}/modifier/", form | {"start": last.start[:16], "following": "1"})
    assert Series.objects.get(split_from=series).duration_minutes == 60
    stranger = signed_in(UserFactory.create())
    assert stranger.get(f"/ateliers/{row.pk}/modifier/").status_code == 403
    assert stranger.post(f"/ateliers/{row.pk}/etat/", {"status": "scheduled"}).status_code == 403


def test_the_editor_shows_dates_as_one_fills_it() -> None:
    client = signed_in(UserFactory.create())
    form = (
        FORM
        | {"title": "", "repeat": "week", "days": ["TU", "TH"], "holidays": "A", "start": "2027-02-02T14:00"}
        | {"preview": "1"}
    )
    part = client.post("/ateliers/proposer/", form, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Chaque mardi et jeudi à 14 h (Paris)" in part
    assert "Dates sautées, à vérifier : 16 février 2027, 18 février 2027, 23 février 2027, 25 février 2027" in part
    assert part.count("<li>") == 10
    wrong = form | {"start": "", "repeat": "own", "rrule": "FREQ=HOURLY"}
    part = client.post("/ateliers/proposer/", wrong, headers={"HX-Request": "true"}).content.decode()
    assert "Première séance : " in part
    hourly = client.post("/ateliers/proposer/", wrong | {"start": FORM["start"]}, headers={"HX-Request": "true"})
    assert "Une série revient par jour" in hourly.content.decode()


def test_a_previewed_change_changes_nothing() -> None:
    host = UserFactory.create()
    series = series_of(host)
    path = f"/ateliers/series/{series.pk}/modifier/"
    page = signed_in(host).post(path, FORM | {"preview": "1"}).content.decode()
    assert ("mardi 9 février 2027, 14:00" in page, 'value="Débat du mardi"' in page) == (True, True)
    assert Series.objects.get().start == series.start


def test_dates_are_added_skipped_and_taken_back() -> None:
    host = UserFactory.create()
    series = series_of(host)
    client, path = signed_in(host), f"/ateliers/series/{series.pk}/dates/"
    second = rows_of(series)[1].recurrence_id
    client.post(path, {"start": second, "skip": "1"})
    assert second not in [row.recurrence_id for row in rows_of(series)]
    assert "sautée" in client.get(series.get_absolute_url()).content.decode()
    client.post(path, {"start": second})
    assert second in [row.recurrence_id for row in rows_of(series)]
    extra = second.replace("T14:00", "T09:00")
    client.post(path, {"start": extra[:16]})
    assert extra in [row.recurrence_id for row in rows_of(series)]
    refused = client.post(path, {"start": extra}, follow=True).content.decode()
    assert "a déjà une séance à cette date" in refused
    assert signed_in(UserFactory.create()).post(path, {"start": extra, "skip": "1"}).status_code == 403
