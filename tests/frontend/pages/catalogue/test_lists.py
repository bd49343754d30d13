"""The catalogue's page: what it lists to whom, its filters, its cost."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commons.people.enums import MemberRole
from commons.vocabularies.queries import entries_of
from practices.enums import Confidentiality, EditorialState
from tests.factories.people import InstitutionFactory, NetworkFactory, UserFactory, join
from tests.factories.search import fresh_index
from tests.factories.sheets import published_sheet, sheet_in

pytestmark = pytest.mark.django_db
TITLE = re.compile(r'row-title"><a href="[^"]+">(.+?)</a>')


def _titles(client: Client, **query: Any) -> list[str]:
    page = client.get(reverse("sheets"), query).content.decode()
    return [re.sub("</?mark>", "", title) for title in TITLE.findall(page)]


@pytest.mark.parametrize("count", [1, 3])
def test_a_visitors_page_costs_four_queries_then_three(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    author = UserFactory.create()
    for n in range(count):
        published_sheet(author, title=f"Fiche numéro {n}")
    entries_of("kind")
    with django_assert_num_queries(4):  # stamp, counts, sheets with their house, domains
        assert len(_titles(client)) == count
    with django_assert_num_queries(3):
        assert len(_titles(client)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_each_facet_in_use_costs_one_query_more(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    author = UserFactory.create()
    for n in range(count):
        published_sheet(author, title=f"Fiche numéro {n}")
    entries_of("kind")
    with django_assert_num_queries(6):
        assert len(_titles(client, format="podcast", outcome="worked")) == count


def test_nobody_is_shown_a_sheet_that_is_not_theirs_to_read() -> None:
    network, author = NetworkFactory.create(), UserFactory.create()
    join(author, network)
    for state in EditorialState:
        sheet_in(state, by=author, network=network, title=f"état {state}")
    for confidentiality in (Confidentiality.MEMBERS, Confidentiality.CHATHAM, Confidentiality.NETWORK):
        published_sheet(author, network=network, title=f"pour {confidentiality}", confidentiality=confidentiality)
    member, curator = UserFactory.create(), UserFactory.create()
    join(member, network)
    join(curator, network, MemberRole.CURATOR)
    public = {"état candidate", "état adopted", "état to_review"}
    signed_in = public | {"pour members", "pour chatham"}
    seen = {}
    for name, user in {"visitor": None, "stranger": UserFactory.create(), "member": member, "curator": curator}.items():
        reader = Client()
        if user:
            reader.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        seen[name] = set(_titles(reader))
    assert seen == {
        "visitor": public,
        "stranger": signed_in,
        "member": signed_in | {"pour network"},
        "curator": signed_in | {"pour network"},
    }


def test_counts_never_tell_of_a_sheet_one_may_not_read(client: Client) -> None:
    author = UserFactory.create()
    published_sheet(author, confidentiality="members", format=["xr"])
    reader = Client()
    reader.force_login(UserFactory.create(), backend="django.contrib.auth.backends.ModelBackend")
    assert "1 fiche" in reader.get(reverse("sheets")).content.decode()
    page = client.get(reverse("sheets")).content.decode()
    assert "0 fiche" in page
    assert 'value="xr"' not in page


def test_filters_chips_tabs_and_words_say_what_was_asked(client: Client) -> None:
    author = UserFactory.create(institution=InstitutionFactory.create(team_size="t1"))
    published_sheet(author, title="Un podcast", format=["podcast"])
    published_sheet(author, title="Une captation", format=["vod"], effort_setup="e4")
    fresh_index()
    assert _titles(client, format="podcast") == ["Un podcast"]
    assert _titles(client, effort_max="e2") == ["Un podcast"]
    assert _titles(client, q="captation") == ["Une captation"]
    assert sorted(_titles(client, team_size="t1", format=["podcast", "vod"])) == ["Un podcast", "Une captation"]
    assert _titles(client, kind="need") == []
    page = client.get(reverse("sheets"), {"format": "podcast", "q": "podcast"}).content.decode()
    assert 'value="podcast" checked' in page
    assert '<span class="sr">Retirer le filtre </span>Formats numériques' in page.replace("\xa0", " ")


def test_a_choice_that_finds_nothing_says_what_to_do(client: Client) -> None:
    published_sheet()
    fresh_index()
    page = client.get(reverse("sheets"), {"q": "introuvable"}).content.decode()
    assert "Rien sur «\xa0introuvable\xa0» pour l’instant" in page
    assert "Voir toutes les fiches" in page
    assert "Aucune fiche avec ces critères" in client.get(reverse("sheets"), {"format": "xr"}).content.decode()


def test_an_empty_catalogue_says_so(client: Client) -> None:
    assert "Pas encore de fiche" in client.get(reverse("sheets")).content.decode()


def test_a_fragment_is_the_page_without_its_frame(client: Client) -> None:
    published_sheet(title="Le podcast du bar")
    whole = client.get(reverse("sheets"))
    part = client.get(reverse("sheets"), headers={"HX-Request": "true"})
    assert "HX-Request" in part.headers["Vary"]
    assert "<html" not in part.content.decode()
    assert part.content.decode().replace('"fold" open', '"fold"').strip() in whole.content.decode()


def test_pages_follow_each_other_by_links(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("practices.queries.catalogue.PAGE_SIZE", 2)
    author = UserFactory.create()
    for n in range(3):
        published_sheet(author, title=f"Fiche numéro {n}")
    first = client.get(reverse("sheets"), {"format": "podcast"})
    assert (first.context["previous_url"], len(first.context["rows"])) == ("", 2)
    second = client.get(first.context["next_url"])
    assert (second.context["next_url"], [row["title"] for row in second.context["rows"]]) == ("", ["Fiche numéro 0"])
    assert second.context["asked"].chosen == {"format": ["podcast"]}
    back = client.get(second.context["previous_url"])
    assert back.context["rows"] == first.context["rows"]


def test_a_visitor_gets_no_cookie_and_signed_in_counts_are_their_own(client: Client) -> None:
    published_sheet(confidentiality="members")
    assert client.get(reverse("sheets")).cookies == {}
    assert "0 fiche" in client.get(reverse("sheets")).content.decode()
    cache.clear()


def test_all_facets_are_shown_on_demand(client: Client) -> None:
    published_sheet()
    some = client.get(reverse("sheets")).content.decode()
    every = client.get(reverse("sheets"), {"full": "1"}).content.decode()
    assert ('name="audience"' in some, 'name="audience"' in every) == (False, True)
    assert 'name="audience"' in client.get(reverse("sheets"), {"audience": "newcomers"}).content.decode()


def test_what_the_address_says_is_escaped_and_unknown_values_are_left_out(client: Client) -> None:
    published_sheet()
    query = {"q": '"><script>alert(1)</script>\x00', "sort": "zzz", "after": "%%%", "format": '"><b>'}
    page = client.get(reverse("sheets"), query).content.decode()
    assert "<script>alert" not in page
    assert '"><b>' not in page
