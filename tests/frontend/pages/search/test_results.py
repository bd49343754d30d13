"""The page of a search: what it finds for whom, what it shows around it, what it costs, what it says in vain."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commons.people.actions import leave_network
from commons.search.engines.protocol import EngineDownError
from commons.search.models import WantedText
from commons.search.outbox import drain
from commons.vocabularies.queries import entries_of
from frontend.pages.search import answering
from practices.models import Sheet
from tests.factories.pages import signed_in
from tests.factories.people import InstitutionFactory, NetworkFactory, UserFactory, join
from tests.factories.search import fresh_index
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db
TITLE = re.compile(r'row-title"><a href="[^"]+">(.+?)</a>')


@pytest.fixture(autouse=True)
def _fresh() -> None:
    fresh_index()


def _page(client: Client, **query: Any) -> str:
    drain()
    return client.get(reverse("search"), query).content.decode().replace("\xa0", " ")


def _titles(client: Client, **query: Any) -> list[str]:
    return [re.sub("</?mark>", "", title) for title in TITLE.findall(_page(client, **query))]


def _tabs(client: Client, **query: Any) -> list[tuple[str, int]]:
    drain()
    return [(str(tab["label"]), tab["count"]) for tab in client.get(reverse("search"), query).context["tabs"]]


def test_typos_and_accents_find_the_sheet_and_mark_its_words(client: Client) -> None:
    published_sheet(title="Une médiation à l’école", summary="Des élèves <b>filment</b>")
    page = _page(client, q="mediaton ecole")
    assert TITLE.findall(page) == ["Une <mark>médiation</mark> à l’<mark>école</mark>"]
    assert "Des élèves &lt;b&gt;filment&lt;/b&gt;" in page
    assert 'Avec une autre orthographe : <a href="/recherche/?q=m%C3%A9diation+%C3%A9cole">médiation école</a>' in page


def test_kinds_are_tabs_with_counts_that_stay_when_one_is_chosen(client: Client) -> None:
    house = InstitutionFactory.create(name="Le Zeppelin")
    published_sheet(UserFactory.create(institution=house), title="Un zeppelin au musée")
    member = signed_in(UserFactory.create(public_name="Ondine Zeppelin"))
    assert _tabs(client, q="zeppelin") == [("Tout", 2), ("Fiches", 1), ("Maisons", 1)]
    assert _tabs(client, q="zeppelin", kind="institution") == [("Tout", 2), ("Fiches", 1), ("Maisons", 1)]
    assert _tabs(member, q="zeppelin") == [("Tout", 3), ("Fiches", 1), ("Maisons", 1), ("Personnes", 1)]
    assert _titles(client, q="zeppelin", kind="institution") == ["Le Zeppelin"]


def test_facets_keep_their_counts_and_chips_remove_them(client: Client) -> None:
    published_sheet(title="Un podcast", format=["podcast"])
    published_sheet(title="Une captation", format=["vod"])
    drain()
    answer = client.get(reverse("search"), {"kind": "sheet", "format": "podcast", "q": "un"})
    shown = {facet["name"]: {v["code"]: v["count"] for v in facet["values"]} for facet in answer.context["facets"]}
    assert shown["format"] == {"podcast": 1, "vod": 1}
    assert [chip["url"] for chip in answer.context["chips"]] == [
        "/recherche/?kind=sheet&format=podcast",
        "/recherche/?kind=sheet&q=un",
    ]
    assert _titles(client, q="un", kind="sheet", genre="need") == []


@pytest.mark.parametrize("count", [1, 3])
def test_an_answer_of_sheets_costs_three_queries(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    author = UserFactory.create()
    for n in range(count):
        published_sheet(author, title=f"Fiche numéro {n}")
    assert len(_titles(client, q="fiche", kind="sheet")) == count  # words, synonyms and vocabularies are read once
    entries_of("kind")
    with django_assert_num_queries(3):  # their addresses, the sheets with their house, their domains
        assert client.get(reverse("search"), {"q": "fiche", "kind": "sheet"}).context["total"] == count


def test_pages_follow_each_other_and_keep_what_was_asked(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "PER_PAGE", 2)
    author = UserFactory.create()
    for n in range(3):
        published_sheet(author, title=f"Fiche numéro {n}")
    drain()
    first = client.get(reverse("search"), {"q": "fiche", "kind": "sheet", "sort": "new"})
    assert (first.context["previous_url"], len(first.context["rows"])) == ("", 2)
    second = client.get(first.context["next_url"])
    assert (second.context["next_url"], len(second.context["rows"])) == ("", 1)
    assert second.context["previous_url"] == "/recherche/?kind=sheet&q=fiche&sort=new"
    assert client.get(second.context["previous_url"]).context["rows"] == first.context["rows"]


def test_a_fragment_is_the_page_without_its_frame_and_counts_nothing_in_vain(client: Client) -> None:
    part = client.get(
        reverse("search"), {"q": "hologramme"}, headers={"HX-Request": "true", "HX-Source": "input#query"}
    )
    assert "HX-Request" in part.headers["Vary"]
    assert "<html" not in part.content.decode()
    assert '"fold" open' not in part.content.decode()
    assert WantedText.objects.count() == 0


def test_a_vain_search_says_what_to_do_and_is_counted_without_anybody(client: Client) -> None:
    page = _page(client, q="hologramme")
    assert "Rien sur « hologramme » pour l’instant" in page
    assert 'href="/ecrire/?kind=need&amp;title=hologramme"' in page
    assert WantedText.objects.get().text == "hologramme"
    _page(client, q="hologramme", kind="sheet")
    assert WantedText.objects.get().count == 1
    assert client.cookies == {}


def test_an_engine_that_is_down_leaves_the_sheets_by_date_and_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_asked: object) -> None:
        raise EngineDownError("down")

    monkeypatch.setattr(answering, "find", fail)
    published_sheet(title="Un zeppelin au bar")
    published_sheet(title="Une captation")
    page = _page(client, q="zeppelin", kind="sheet", format="podcast", genre="practice")
    assert "La recherche ne répond pas pour l’instant" in page
    assert TITLE.findall(page) == ["Un zeppelin au bar"]
    listed = client.get(reverse("sheets"), {"q": "captation"})
    assert [row["title"] for row in listed.context["rows"]] == ["Une captation"]
    assert listed.context["answer"].is_down
    assert not client.get(reverse("sheets")).context["answer"].is_down  # a list by date asks no engine
    assert WantedText.objects.count() == 0


def test_the_catalogue_with_words_is_the_same_search_among_sheets(client: Client) -> None:
    house = InstitutionFactory.create(name="Le Zeppelin")
    published_sheet(UserFactory.create(institution=house), title="Un zeppelin au musée")
    drain()
    listed = client.get(reverse("sheets"), {"q": "zepelin", "kind": "practice"})
    assert [row["title"] for row in listed.context["rows"]] == ["Un zeppelin au musée"]
    assert [(str(tab["label"]), tab["count"]) for tab in listed.context["tabs"]] == [
        ("Toutes", 1),
        ("Pratiques", 1),
        ("Guides", 0),
        ("Besoins", 0),
    ]


def test_a_stale_index_shows_nothing_that_was_closed(client: Client) -> None:
    published_sheet(title="Un zeppelin")
    drain()
    Sheet.objects.update(confidentiality="private")
    assert _titles(client, q="zeppelin") == []


def test_who_leaves_a_network_is_shown_nothing_of_its_sheets_at_once() -> None:
    network = NetworkFactory.create()
    author, member = UserFactory.create(), UserFactory.create()
    join(author, network)
    join(member, network)
    published_sheet(by=author, network=network, title="Un zeppelin", confidentiality="network", format=["xr"])
    reader = signed_in(member)
    assert _tabs(reader, q="zeppelin") == [("Tout", 1), ("Fiches", 1)]
    assert "zeppelin" in reader.get(reverse("suggestions"), {"q": "zepp"}).content.decode().partition("data-href")[2]
    leave_network(by=member, network=network)
    page = reader.get(reverse("search"), {"q": "zeppelin"})
    assert ([tab["count"] for tab in page.context["tabs"]], page.context["facets"]) == ([0], [])
    assert (page.context["rows"], page.context["spelt_url"]) == ([], "")
    assert reader.get(reverse("suggestions"), {"q": "zepp"}).content.decode().strip() == ""
    assert reader.get(reverse("sheets"), {"q": "zeppelin"}).context["total"] == 0


HOSTILE = [
    '"><script>alert(1)</script>\x00',
    "-",
    '"',
    "«",
    "a" * 3000,
    "%00",
    "../../etc",
    "\ue000x\ue001",
    "*:* OR 1=1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_and_values_are_only_words(client: Client, text: str) -> None:
    published_sheet(title="Fiche <script>alert(1)</script>")
    drain()
    everywhere = dict.fromkeys(
        ["q", "kind", "genre", "domain", "team_size", "sort", "page", "effort_max", "after"], text
    )
    for name in ("search", "sheets", "suggestions"):
        for query in (everywhere, {"q": text}):
            answer = client.get(reverse(name), query)
            assert answer.status_code == 200
            assert "<script>alert" not in answer.content.decode()


def test_suggestions_are_options_with_an_address(client: Client) -> None:
    sheet = published_sheet(title="Une médiation à l’école")
    drain()
    page = client.get(reverse("suggestions"), {"q": "mediaton ecol"}).content.decode()
    assert re.findall('data-href="([^"]+)"', page) == [sheet.get_absolute_url(), "/recherche/?q=mediaton+ecol"]
    assert "<mark>médiation</mark>" in page
    assert client.get(reverse("suggestions"), {"q": " "}).content.decode().strip() == ""


def test_a_suggestion_says_why_when_its_title_does_not(client: Client) -> None:
    published_sheet(title="La marionnette du spectacle", summary="Une médiation à l’école & six séances.")
    drain()
    page = client.get(reverse("suggestions"), {"q": "mediation ecole"}).content.decode()
    assert "Une <mark>médiation</mark> à l’<mark>école</mark> &amp; six séances." in page


def test_suggestions_fall_silent_when_the_engine_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_asked: object) -> None:
        raise EngineDownError("down")

    monkeypatch.setattr("frontend.pages.search.results.suggest", fail)
    assert client.get(reverse("suggestions"), {"q": "podcast"}).content.decode().strip() == ""


def test_every_page_has_one_box_with_a_plain_form(client: Client) -> None:
    pages = {name: client.get(reverse(name)).content.decode() for name in ("home", "sheets", "search", "glossary")}
    assert {name: page.count("data-search-box") for name, page in pages.items()} == {
        "home": 2,
        "sheets": 1,
        "search": 1,
        "glossary": 1,
    }
    assert '<form class="search" role="search" action="/recherche/"' in pages["glossary"]
    assert 'form="filters"' in pages["search"]
