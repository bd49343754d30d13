"""Wanted sheets: what several searched for in vain, shown without anybody."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commons.search.models import WantedText
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory
from tests.factories.search import fresh_index

pytestmark = pytest.mark.django_db


def _page(client: Client) -> str:
    return client.get(reverse("wanted_sheets")).content.decode()


def test_a_text_is_shown_once_several_have_asked_for_it(client: Client) -> None:
    for _time in range(3):
        assert "<h2>Hologrammes &lt;b&gt;</h2>" not in _page(client)
        answer = client.post(reverse("wanted_sheet_note"), {"text": "Hologrammes <b>\x00"}, follow=True)
        assert "C’est noté, sans votre nom." in answer.content.decode()
    page = _page(client)
    assert "<h2>Hologrammes &lt;b&gt;</h2>" in page
    assert 'href="/ecrire/?title=Hologrammes%20%3Cb%3E"' in page
    assert "Ne plus montrer" not in page


def test_the_fragment_of_a_vain_search_offers_to_note_it(client: Client) -> None:
    fresh_index()
    asked = {"q": "hologramme"}
    part = client.get(reverse("search"), asked, headers={"HX-Request": "true"}).content.decode()
    whole = client.get(reverse("search"), asked).content.decode()
    assert ("La noter, sans mon nom" in part, "La noter, sans mon nom" in whole) == (True, False)
    assert "Cette recherche est notée" in whole


def test_moderators_take_words_off_the_list(client: Client) -> None:
    wanted = WantedText.objects.create(key="x y z", text="Des mots rudes", count=9)
    address = reverse("wanted_sheet_remove", args=[wanted.pk])
    assert client.post(address).status_code == 403
    assert signed_in(UserFactory.create()).post(address).status_code == 403
    moderator = signed_in(UserFactory.create(is_moderator=True))
    assert "Ne plus montrer" in _page(moderator)
    moderator.post(address)
    assert WantedText.objects.count() == 0


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_two_queries(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(count):
        WantedText.objects.create(key=f"k{n}", text=f"Texte {n}", count=5)
    with django_assert_num_queries(2):
        assert _page(client).count("<h2>Texte") == count


def test_the_words_begin_the_sheet_or_the_need() -> None:
    page = signed_in(UserFactory.create()).get(reverse("sheet_create"), {"title": "Hologrammes", "kind": "need"})
    assert (page.context["form"]["title"].value(), page.context["form"]["kind"].value()) == ("Hologrammes", "need")
