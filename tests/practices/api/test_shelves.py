"""Collections and terms through the API."""

import pytest
from pytest_django import DjangoAssertNumQueries

from practices.models import Collection, CollectionItem, Term
from tests.factories.api import client_of, refusal
from tests.factories.people import NetworkFactory
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


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
        broader = Term.objects.create(slug=f"t{n}", key=f"t{n}", name=f"T{n}", broader=broader)
    with django_assert_num_queries(1):
        rows = client_of().get("/api/v1/terms/").json()["results"]
    assert [row["slug"] for row in rows] == [f"t{n}" for n in reversed(range(number))]
    assert client_of().get("/api/v1/terms/t0/").json()["broader"] is None
    assert refusal(client_of().get("/api/v1/terms/rien/")) == (404, "not_found")
