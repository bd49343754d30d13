"""The home page: what it shows to whom, and what it costs."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commons.vocabularies.queries import entries_of
from practices.actions import add_trial, create_sheet, decide_sheet, submit_sheet
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def _need(title: str) -> None:
    author = UserFactory.create()
    values = {"kind": "need", "title": title, "problem": "Combien ?", "domain": ["audience_data"]}
    need = create_sheet(by=author, values=values)
    submit_sheet(by=author, sheet=need)
    decide_sheet(by=UserFactory.create(is_moderator=True), sheet=need, state="candidate")


def test_an_empty_house_still_opens() -> None:
    page = Client().get(reverse("home"))
    assert page.status_code == 200
    assert "Ce que d’autres maisons ont déjà essayé." in page.content.decode()
    assert page.cookies == {}


@pytest.mark.parametrize("count", [1, 3])
def test_home_shows_what_is_new_tried_and_wanted_for_six_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    author = UserFactory.create()
    for n in range(count):
        sheet = published_sheet(author, title=f"Fiche numéro {n}")
        add_trial(by=UserFactory.create(), sheet=sheet, adaptation="same", outcome="mixed", recommend=5)
        _need(f"Besoin numéro {n}")
    entries_of("kind")
    client = Client()
    with django_assert_num_queries(6):  # new, needs, their domains, trials, stamp, counts
        page = client.get(reverse("home"))
    with django_assert_num_queries(5):  # the stamp says that the counts stand
        assert client.get(reverse("home")).content == page.content
    assert len(page.context["new"]) == len(page.context["needs"]) == len(page.context["tried"]) == count
    assert {domain["label"]: domain["count"] for domain in page.context["domains"]} == {
        "Médiation": count,
        "Données et connaissance des publics": count,
    }


def test_home_tells_a_visitor_of_nothing_hidden() -> None:
    author = UserFactory.create()
    draft_sheet(author, title="Un brouillon")
    closed = published_sheet(author, title="Entre membres", confidentiality="members")
    add_trial(by=UserFactory.create(), sheet=closed, adaptation="same", outcome="mixed", recommend=5)
    page = Client().get(reverse("home"))
    assert (page.context["new"], page.context["tried"], page.context["domains"]) == ([], [], [])
    assert "Entre membres" not in page.content.decode()
    member = Client()
    member.force_login(UserFactory.create(), backend="django.contrib.auth.backends.ModelBackend")
    assert [row["title"] for row in member.get(reverse("home")).context["new"]] == ["Entre membres"]


def test_the_guided_sentence_leads_to_the_catalogue() -> None:
    author = UserFactory.create()
    published_sheet(author, title="En une semaine", effort_setup="e2", cost_setup={"band": "b1"})
    published_sheet(author, title="En trois mois", effort_setup="e4", cost_setup={"band": "b4"})
    page = Client().get(reverse("home")).content.decode()
    assert '<select id="guided-effort_max" name="effort_max">' in page
    found = Client().get(
        reverse("sheets"), {"effort_max": "e2", "cost_max": "b2", "team_size": "t2", "format": "podcast"}
    )
    assert [row["title"] for row in found.context["rows"]] == ["En une semaine"]
    assert found.context["asked"].chosen["effort_setup"] == ["e1", "e2"]
