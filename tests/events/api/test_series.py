"""Series through the API: opened, read, changed, dated; the words of refusals are the actions' own."""

import pytest

from events.models import Series
from tests.factories.api import client_of, refusal
from tests.factories.events import rows_of, series_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db
NEW = {
    "title": "Débat",
    "start": "2027-01-12T14:00",
    "timezone": "Europe/Paris",
    "duration_minutes": 90,
    "rrule": "FREQ=MONTHLY;BYDAY=2TU;COUNT=3",
}


def test_a_series_is_opened_and_read() -> None:
    user = UserFactory.create()
    client = client_of(user)
    made = client.post("/api/v1/series/", NEW | {"join_link": "https://visio.example/x"})
    assert made.status_code == 201
    body = made.json()
    assert (body["sentence"], body["join_link"]) == (
        "chaque 2e mardi du mois à 14 h (Paris) 3 fois",
        "https://visio.example/x",
    )
    read = client_of().get(f"/api/v1/series/{body['id']}/").json()
    assert read == body | {"join_link": None}
    rows = client_of().get(f"/api/v1/series/{body['id']}/occurrences/").json()["results"]
    assert [(row["start"], row["starts_at"], row["join_link"]) for row in rows] == [
        ("2027-01-12T14:00:00", "2027-01-12T13:00:00Z", None),
        ("2027-02-09T14:00:00", "2027-02-09T13:00:00Z", None),
        ("2027-03-09T14:00:00", "2027-03-09T13:00:00Z", None),
    ]


def test_refusals_are_said_in_one_shape() -> None:
    client = client_of(UserFactory.create())
    assert refusal(client_of().post("/api/v1/series/", NEW)) == (401, "not_authenticated")
    assert refusal(client.post("/api/v1/series/", NEW | {"rrule": "FREQ=SECONDLY"})) == (422, "bad_rrule")
    assert refusal(client.post("/api/v1/series/", NEW | {"timezone": "Mars/Base"})) == (422, "invalid")
    assert refusal(client.post("/api/v1/series/", {"title": "Sans date"})) == (400, "invalid")
    assert refusal(client.post("/api/v1/series/", NEW | {"couleur": "rouge"})) == (422, "invalid")
    network = NetworkFactory.create()
    assert refusal(client.post("/api/v1/series/", NEW | {"network": network.slug})) == (403, "not_allowed")
    assert refusal(client.get("/api/v1/series/nulle-part/")) == (404, "not_found")
    assert Series.objects.count() == 0


def test_lists_know_networks_and_mine() -> None:
    network = NetworkFactory.create()
    curator, other = curator_of(network), UserFactory.create()
    ours, theirs = series_of(curator, network=network), series_of(other)

    def listed(query: str) -> list[str]:
        return [row["id"] for row in client_of(curator).get(f"/api/v1/series/{query}").json()["results"]]

    assert listed("") == [theirs.pk, ours.pk]
    assert (listed("?mine=true"), listed(f"?network={network.slug}")) == ([ours.pk], [ours.pk])


def test_dates_are_shown_before_anything_is_saved() -> None:
    client = client_of(UserFactory.create())
    answer = client.post("/api/v1/series/dates/", {"start": "2027-01-01T14:00", "rrule": "FREQ=MONTHLY;BYDAY=2TU"})
    assert [date["start"] for date in answer.json()["dates"]][:2] == ["2027-01-12T14:00:00", "2027-02-09T14:00:00"]
    assert (len(answer.json()["dates"]), Series.objects.count()) == (10, 0)


def test_changing_all_lists_the_overrides_that_stay() -> None:
    user = UserFactory.create()
    series = series_of(user)
    client = client_of(user)
    row = rows_of(series)[1]
    client.patch(f"/api/v1/occurrences/{row.pk}/", {"place": "Médiathèque"})
    body = client.patch(f"/api/v1/series/{series.pk}/", {"place": "Théâtre"}).json()
    assert (body["place"], [o["id"] for o in body["overrides"]], body["sequence"]) == ("Théâtre", [row.pk], 1)
    start = rows_of(series)[4].recurrence_id
    assert client.post(f"/api/v1/series/{series.pk}/skipped-dates/", {"start": start}).json()["skipped"] == [start]
    assert client.post(f"/api/v1/series/{series.pk}/extra-dates/", {"start": start}).json()["skipped"] == []
    stranger = client_of(UserFactory.create())
    assert refusal(stranger.patch(f"/api/v1/series/{series.pk}/", {"title": "x"})) == (403, "not_allowed")
