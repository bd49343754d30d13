"""Houses and networks through the API."""

import pytest

from commons.people.models import Institution
from tests.factories.api import client_of, refusal
from tests.factories.people import InstitutionFactory, NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db


def test_a_house_is_added_and_changed_by_its_people() -> None:
    client = client_of(UserFactory.create(institution=None))
    made = client.post("/api/v1/institutions/", {"name": "Le Pont", "type": "theatre", "labels": ["sn"]})
    assert (made.status_code, made.json()["slug"], made.json()["labels"]) == (201, "le-pont", ["sn"])
    here = f"/api/v1/institutions/{made.json()['slug']}/"
    assert refusal(client.patch(here, {"about": "Autre"})) == (403, "not_allowed")
    insider = client_of(UserFactory.create(institution=Institution.objects.get(slug="le-pont")))
    assert insider.patch(here, {"about": "Une scène."}).json()["about"] == "Une scène."
    assert client_of().get(here).json()["about"] == "Une scène."
    assert refusal(client.post("/api/v1/institutions/", {"name": "X", "type": "bateau"})) == (422, "invalid")
    assert refusal(client.post("/api/v1/institutions/", {"name": "X", "type": "theatre", "slug": "y"})) == (
        422,
        "invalid",
    )
    assert refusal(client_of().get("/api/v1/institutions/rien/")) == (404, "not_found")


def test_institutions_are_listed_newest_first() -> None:
    first, second = InstitutionFactory.create(), InstitutionFactory.create()
    rows = client_of().get("/api/v1/institutions/").json()["results"]
    assert [row["slug"] for row in rows] == [second.slug, first.slug]


def test_a_network_is_joined_asked_and_left() -> None:
    free, closed = NetworkFactory.create(is_open=True), NetworkFactory.create()
    client = client_of(UserFactory.create())
    here = "/api/v1/networks/{}/membership/"
    assert client.post(here.format(free.slug)).json()["state"] == "active"
    assert client.post(here.format(closed.slug)).json()["state"] == "requested"
    assert client.delete(here.format(free.slug)).status_code == 204
    assert [m["network"] for m in client.get("/api/v1/me/").json()["memberships"]] == [closed.slug]
    assert [row["slug"] for row in client.get("/api/v1/networks/").json()["results"]] == [closed.slug, free.slug]
    assert client.get(f"/api/v1/networks/{free.slug}/").json()["is_open"] is True


def test_members_are_shown_to_members() -> None:
    network, house = NetworkFactory.create(), InstitutionFactory.create()
    member, asking = UserFactory.create(institution=house), UserFactory.create()
    join(member, network)
    client_of(asking).post(f"/api/v1/networks/{network.slug}/membership/")
    here = f"/api/v1/networks/{network.slug}/members/"
    rows = client_of(member).get(here).json()["results"]
    assert [(r["id"], r["name"], r["institution"], r["role"]) for r in rows] == [
        (member.pk, member.public_name, house.slug, "member")
    ]
    assert set(rows[0]) == {"id", "url", "name", "institution", "role"}
    assert refusal(client_of(asking).get(here)) == (403, "not_allowed")
    assert refusal(client_of().get(here)) == (401, "not_authenticated")
    assert refusal(client_of(member).get("/api/v1/networks/rien/members/")) == (404, "not_found")
