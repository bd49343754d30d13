"""One's saved searches: kept from the results, found again with what is new in them, named, forgotten."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commons.notices.models import Notice
from commons.search.engines.protocol import EngineDownError
from commons.search.models import SavedSearch
from commons.search.outbox import drain
from frontend.pages.search import saved as pages
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory
from tests.factories.search import fresh_index
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    fresh_index()


def _kept(client: Client, address: str, view: str = "search") -> SavedSearch:
    client.post(reverse("search_save"), {"address": address, "view": view})
    return SavedSearch.objects.get()


def test_a_search_is_kept_from_its_results_and_opened_again() -> None:
    client = signed_in(UserFactory.create())
    published_sheet(title="Un podcast")
    drain()
    page = client.get(reverse("search"), {"q": "podcast", "kind": "sheet", "format": "podcast"})
    assert f'name="address" value="{page.context["address"]}"'.replace("&", "&amp;") in page.content.decode()
    kept = _kept(client, page.context["address"])
    assert (kept.name, kept.text) == ("podcast", "podcast")
    assert kept.filters == {"kind": ["sheet"], "format": ["podcast"]}
    opened = client.get(reverse("saved_search", args=[kept.pk]))
    assert opened.headers["Location"] == "/recherche/?kind=sheet&format=podcast&q=podcast"


def test_the_catalogues_search_is_kept_as_one_among_sheets() -> None:
    client = signed_in(UserFactory.create())
    kept = _kept(client, "kind=need&domain=mediation", view="sheets")
    assert kept.filters == {"kind": ["sheet"], "genre": ["need"], "domain": ["mediation"]}
    assert "Médiation" in client.get(reverse("saved_searches")).content.decode()


def test_what_came_since_one_looked_is_counted_until_one_looks() -> None:
    client = signed_in(UserFactory.create())
    published_sheet(title="Un podcast ancien")
    kept = _kept(client, "q=podcast")
    SavedSearch.objects.update(seen_at=kept.seen_at + datetime.timedelta(seconds=1))
    sheet = published_sheet(title="Un podcast nouveau")
    type(sheet).objects.filter(pk=sheet.pk).update(published_at=kept.seen_at + datetime.timedelta(hours=1))
    drain()
    assert [row["news"] for row in client.get(reverse("saved_searches")).context["rows"]] == [1]
    SavedSearch.objects.update(seen_at=kept.seen_at + datetime.timedelta(hours=2))
    assert [row["news"] for row in client.get(reverse("saved_searches")).context["rows"]] == [0]
    before = SavedSearch.objects.get().seen_at
    client.get(reverse("saved_search", args=[kept.pk]))
    assert SavedSearch.objects.get().seen_at != before


def test_looking_at_a_search_or_forgetting_it_reads_what_was_told_of_it() -> None:
    person = UserFactory.create()
    client = signed_in(person)
    kept = [SavedSearch.objects.create(user=person, name=name, text=name) for name in ("podcast", "marée")]
    for one in kept:
        Notice.objects.create(user=person, subject=f"search:{one.pk}", kind="new_in_search", detail="1")
    client.get(reverse("saved_search", args=[kept[0].pk]))
    assert list(Notice.objects.filter(read_at=None).values_list("subject", flat=True)) == [f"search:{kept[1].pk}"]
    client.post(reverse("saved_search_remove", args=[kept[1].pk]))
    assert Notice.objects.filter(read_at=None).count() == 0


def test_an_engine_that_is_down_leaves_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_asked: object) -> None:
        raise EngineDownError("down")

    client = signed_in(UserFactory.create())
    _kept(client, "q=podcast")
    monkeypatch.setattr(pages, "newest_found", fail)
    assert [row["news"] for row in client.get(reverse("saved_searches")).context["rows"]] == [0]


def test_a_saved_search_is_renamed_and_forgotten_by_its_owner_alone() -> None:
    client, other = signed_in(UserFactory.create()), signed_in(UserFactory.create())
    kept = _kept(client, "q=podcast")
    for name in ("saved_search_rename", "saved_search_remove"):
        assert other.post(reverse(name, args=[kept.pk]), {"name": "À moi"}).status_code == 404
    assert other.get(reverse("saved_search", args=[kept.pk])).status_code == 404
    client.post(reverse("saved_search_rename", args=[kept.pk]), {"name": " Des voix "})
    assert SavedSearch.objects.get().name == "Des voix"
    client.post(reverse("saved_search_rename", args=[kept.pk]), {"name": " "})
    assert SavedSearch.objects.get().name == "Des voix"
    client.post(reverse("saved_search_remove", args=[kept.pk]))
    assert SavedSearch.objects.count() == 0
    assert "Aucune recherche gardée" in client.get(reverse("saved_searches")).content.decode()


def test_visitors_sign_in_first_and_an_empty_search_is_not_kept(client: Client) -> None:
    assert client.post(reverse("search_save"), {"address": "q=x"}).status_code == 302
    assert SavedSearch.objects.count() == 0
    member = signed_in(UserFactory.create())
    answer = member.post(reverse("search_save"), {"address": "", "view": "search"}, follow=True)
    assert "Cette recherche n’a pas été gardée" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_one_query_more_for_each_search_that_finds(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = UserFactory.create()
    client = signed_in(person)
    published_sheet(title="Un podcast")
    drain()
    for n in range(count):
        SavedSearch.objects.create(user=person, name=str(n), text="podcast")
    client.get(reverse("saved_searches"))
    with django_assert_num_queries(6 + count):  # the session, the person, their networks and their bell cost four
        client.get(reverse("saved_searches"))
