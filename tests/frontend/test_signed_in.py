"""A session in use is noted now and then, not at each page."""

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.pages import signed_in
from tests.factories.people import UserFactory
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("path", "number"), [("/", 10), ("/fiches/", 8)])
def test_a_signed_in_page_writes_nothing(
    path: str, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    published_sheet()
    client = signed_in(UserFactory.create())
    client.get(path)
    with django_assert_num_queries(number) as asked:  # session, person, networks, bell and own sheets: five
        client.get(path)
    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}


def test_a_session_is_noted_when_it_moves_and_after_a_while() -> None:
    client = signed_in(UserFactory.create())
    client.get("/", headers={"User-Agent": "Un"})
    first = UserSession.objects.get()
    client.get("/", headers={"User-Agent": "Un"})
    assert UserSession.objects.get().last_seen_at == first.last_seen_at
    client.get("/", headers={"User-Agent": "Deux"})
    moved = UserSession.objects.get()
    assert (moved.user_agent, moved.last_seen_at > first.last_seen_at) == ("Deux", True)
    cache.clear()
    client.get("/", headers={"User-Agent": "Deux"})
    assert UserSession.objects.get().last_seen_at > moved.last_seen_at


def test_visitors_are_left_alone() -> None:
    assert Client().get("/").status_code == 200
    assert UserSession.objects.count() == 0
