"""The feeds and the map: what a visitor may read, whoever asks."""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commons.vocabularies.queries import entries_of
from practices.enums import Confidentiality, EditorialState
from practices.models import Collection, CollectionItem
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.sheets import published_sheet, sheet_in

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def _titles(response: object) -> list[str]:
    root = ET.fromstring(response.content)  # noqa: S314 - our own feed
    found = root.iter(f"{ATOM}entry") if root.tag.startswith(ATOM) else root.iter("item")
    return [str(entry.findtext(f"{ATOM}title") or entry.findtext("title")) for entry in found]


@pytest.mark.parametrize("form", ["rss", "atom"])
@pytest.mark.parametrize("who", ["visitor", "author"])
def test_no_feed_and_no_map_shows_a_hidden_sheet(form: str, who: str) -> None:
    network, author = NetworkFactory.create(), UserFactory.create()
    join(author, network)
    shelf = Collection.objects.create(network=network, slug="choix", title="Un choix")
    for n, state in enumerate(EditorialState):
        sheet = sheet_in(state, by=author, network=network, title=f"état {state}")
        CollectionItem.objects.create(collection=shelf, sheet=sheet, position=n)
    for confidentiality in (Confidentiality.MEMBERS, Confidentiality.CHATHAM, Confidentiality.NETWORK):
        sheet = sheet_in("adopted", by=author, network=network, title="fermée", confidentiality=confidentiality)
        CollectionItem.objects.create(collection=shelf, sheet=sheet, position=9)
    client = Client()
    if who == "author":
        client.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    addresses = [
        reverse("feed_sheets", args=[form]),
        reverse("feed_domain", args=["mediation", form]),
        reverse("feed_network", args=[network.slug, form]),
        reverse("feed_collection", args=[network.slug, "choix", form]),
    ]
    for address in addresses:
        assert sorted(_titles(client.get(address))) == ["état adopted", "état candidate", "état to_review"], address
    places = re.findall("<loc>([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    assert sorted(place.rsplit("/", 2)[1] for place in places if len(place.split("/")) > 5) == [
        "etat-adopted", "etat-candidate", "etat-to-review",
    ]  # fmt: skip
    assert all(place.startswith(settings.SITE_URL) for place in places)


def test_many_sheets_are_mapped_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontend.pages.catalogue.feeds.MAP_LENGTH", 2)
    sheets = [published_sheet(title=f"Fiche numéro {n}") for n in range(5)]
    published_sheet(title="Fermée", confidentiality="members")
    index = Client().get("/sitemap.xml").content.decode()
    assert "<sitemapindex" in index
    parts = re.findall("<loc>([^<]+)</loc>", index)
    assert parts == [f"{settings.SITE_URL}/sitemap-{n}.xml" for n in (1, 2, 3)]
    places = [Client().get(urlsplit(part).path).content.decode() for part in parts]
    mapped = [place for text in places for place in re.findall("<loc>([^<]+)</loc>", text)]
    assert mapped == [
        f"{settings.SITE_URL}{path}" for path in ("/", "/fiches/", *(one.get_absolute_url() for one in sheets))
    ]
    assert [Client().get(f"/sitemap-{n}.xml").status_code for n in (0, 4)] == [404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_costs_two_queries_and_one_when_nothing_moved(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    author, client = UserFactory.create(), Client()
    for n in range(count):
        published_sheet(author, title=f"Fiche numéro {n}")
    with django_assert_num_queries(2):
        first = client.get(reverse("feed_sheets", args=["atom"]))
    assert (len(_titles(first)), first.cookies) == (count, {})
    with django_assert_num_queries(1):
        again = client.get(reverse("feed_sheets", args=["atom"]), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_collections_feed_gives_the_curators_word() -> None:
    network, sheet = NetworkFactory.create(), published_sheet()
    shelf = Collection.objects.create(network=network, slug="choix", title="Un choix")
    CollectionItem.objects.create(collection=shelf, sheet=sheet, position=1, note="À lire d’abord")
    response = Client().get(reverse("feed_collection", args=[network.slug, "choix", "rss"]))
    assert "À lire d’abord" in response.content.decode()
    Collection.objects.update(confidentiality="network")
    assert Client().get(reverse("feed_collection", args=[network.slug, "choix", "rss"])).status_code == 404


@pytest.mark.parametrize("address", ["/flux/fiches.xml", "/flux/domaines/rien.rss", "/flux/reseaux/rien.atom"])
def test_what_is_no_feed_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_the_page_of_feeds_names_domains_and_networks() -> None:
    NetworkFactory.create(name="Rivages", slug="rivages")
    page = Client().get(reverse("feeds")).content.decode()
    assert reverse("feed_network", args=["rivages", "atom"]) in page
    assert page.count("/flux/domaines/") == len(entries_of("practice_domain"))


def test_robots_are_told_where_the_map_is() -> None:
    response = Client().get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain"
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in response.content.decode()
