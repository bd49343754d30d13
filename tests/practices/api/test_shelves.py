"""Collections and terms through the API."""

import pytest
from pytest_django import DjangoAssertNumQueries

from practices.models import Collection, CollectionItem, Term
from tests.factories.api import client_of, refusal
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db
COLLECTIONS = "/api/v1/collections/"


def test_a_collection_shows_only_what_its_reader_may_see() -> None:
    network = NetworkFactory.create()
    shown = Collection.objects.create(network=network, slug="a", title="À voir")
    hidden = Collection.objects.create(network=network, slug="b", title="Entre nous", confidentiality="network")
    sheet, secret = published_sheet(), published_sheet(confidentiality="members")
    for position, item in enumerate((secret, sheet)):
        CollectionItem.objects.create(collection=shown, sheet=item, position=position, note="Parce que", section="Un")
    client = client_of()
    assert [row["title"] for row in client.get("/api/v1/collections/").json()["results"]] == ["À voir"]
    items = client.get(f"/api/v1/collections/{shown.pk}/").json()["items"]
    assert [(i["section"], i["note"], i["sheet"]["id"]) for i in items] == [("Un", "Parce que", sheet.pk)]
    assert refusal(client.get(f"/api/v1/collections/{hidden.pk}/")) == (404, "not_found")


@pytest.mark.parametrize("number", [1, 3])
def test_terms_in_one_query(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    broader = None
    for n in range(number):
        broader = Term.objects.create(slug=f"t{n}", key=f"t{n}", name=f"T{n}", broader=broader, state="approved")
    with django_assert_num_queries(1):
        rows = client_of().get("/api/v1/terms/").json()["results"]
    assert [row["slug"] for row in rows] == [f"t{n}" for n in reversed(range(number))]
    assert client_of().get("/api/v1/terms/t0/").json()["broader"] is None
    assert refusal(client_of().get("/api/v1/terms/rien/")) == (404, "not_found")


def test_a_collection_is_opened_changed_and_arranged_by_curators() -> None:
    network = NetworkFactory.create()
    curator, reader = client_of(curator_of(network)), client_of(UserFactory.create())
    body = {"network": network.slug, "title": "À voir"}
    assert refusal(reader.post(COLLECTIONS, body)) == (403, "not_allowed")
    assert refusal(curator.post(COLLECTIONS, body | {"network": "rien"})) == (422, "invalid")
    assert refusal(curator.post(COLLECTIONS, {"network": network.slug})) == (400, "invalid")
    made = curator.post(COLLECTIONS, body)
    assert (made.status_code, made.json()["title"], made.json()["items"]) == (201, "À voir", [])
    here = f"{COLLECTIONS}{made.json()['id']}/"
    assert refusal(reader.patch(here, {"title": "Autre"})) == (403, "not_allowed")
    assert curator.patch(here, {"intro": "Un mot."}, headers={"If-Match": made["ETag"]}).json()["revision"] == 2
    assert refusal(curator.patch(here, {"intro": "Deux."}, headers={"If-Match": made["ETag"]})) == (412, "conflict")
    assert refusal(curator.patch(here, {"slug": "x"})) == (422, "invalid")
    first, second = published_sheet(), published_sheet()
    items = [{"sheet": second.pk, "section": "Un", "note": "Parce que"}, {"sheet": first.pk}]
    arranged = curator.put(f"{here}items/", {"items": items}, headers={"If-Match": curator.get(here)["ETag"]}).json()
    assert [(i["sheet"]["id"], i["section"], i["note"]) for i in arranged["items"]] == [
        (second.pk, "Un", "Parce que"),
        (first.pk, "", ""),
    ]
    assert arranged == reader.get(here).json()
    stale = curator.put(f"{here}items/", {"items": []}, headers={"If-Match": made["ETag"]})
    assert (refusal(stale), len(reader.get(here).json()["items"])) == ((412, "conflict"), 2)
    crowd = curator.put(f"{here}items/", {"items": [{"sheet": "x"}] * 501})
    assert (refusal(crowd), crowd.json()["errors"][0]["field"]) == ((400, "invalid"), "items")
    hidden = curator.put(f"{here}items/", {"items": [{"sheet": draft_sheet().pk}]})
    assert (refusal(hidden), hidden.json()["errors"][0]["field"]) == ((422, "invalid"), "items")
    assert refusal(reader.put(f"{here}items/", {"items": []})) == (403, "not_allowed")


@pytest.mark.parametrize("confidentiality", ["network", "private"])
def test_a_hidden_collection_is_not_found_by_any_door(confidentiality: str) -> None:
    network = NetworkFactory.create()
    hidden = Collection.objects.create(network=network, slug="b", title="Non", confidentiality=confidentiality)
    here = f"{COLLECTIONS}{hidden.pk}/"
    for client in (client_of(UserFactory.create()), client_of(curator_of(NetworkFactory.create()))):
        assert client.get(COLLECTIONS).json()["results"] == []
        assert refusal(client.get(here)) == (404, "not_found")
        assert refusal(client.patch(here, {"title": "Vu"})) == (404, "not_found")
        assert refusal(client.put(f"{here}items/", {"items": []})) == (404, "not_found")


@pytest.mark.parametrize("number", [1, 3])
def test_a_collection_of_any_length_in_two_queries(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    network, author = NetworkFactory.create(), UserFactory.create()
    join(author, network)
    shown = Collection.objects.create(network=network, slug="a", title="À voir")
    for position in range(number):
        sheet = published_sheet(author, network=network)
        CollectionItem.objects.create(collection=shown, sheet=sheet, position=position)
    with django_assert_num_queries(2):
        assert len(client_of().get(f"{COLLECTIONS}{shown.pk}/").json()["items"]) == number


def test_a_term_is_changed_and_approved_by_curators() -> None:
    term = Term.objects.create(slug="captation", key="captation", name="Captation")
    Term.objects.create(slug="podcast", key="podcast", name="Podcast")
    curator, here = client_of(curator_of(NetworkFactory.create())), "/api/v1/terms/captation/"
    words = {"name_en": "Live capture", "synonyms_fr": ["filmage"]}
    published_sheet(tags=["Captation"])
    assert refusal(client_of(UserFactory.create()).patch(here, words)) == (403, "not_allowed")
    changed = curator.patch(here, words).json()
    assert (changed["name"], changed["name_en"], changed["synonyms_fr"], changed["state"]) == (
        "Captation", "Live capture", ["filmage"], "approved",
    )  # fmt: skip
    assert refusal(curator.patch(here, {"name": "podcast"})) == (409, "taken")
    assert refusal(curator.patch(here, {"synonyms_fr": "filmage"})) == (400, "invalid")
    assert refusal(curator.patch("/api/v1/terms/rien/", words)) == (404, "not_found")
    term.refresh_from_db()
    assert term.name_en == "Live capture"
