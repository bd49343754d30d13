"""The bell, the list, going where a notice leads, marking as read."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commons.notices.delivering import deliver
from commons.notices.models import Notice
from commons.notices.queries import unread_count
from commons.notices.spreading import spread
from commons.people.models import User
from forum.actions import add_post
from tests.factories.forum import thread_of
from tests.factories.people import NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db
BADGE = '<span class="badge badge-accent">Nouveau</span>'


def told(person: User, **values: Any) -> Notice:
    """Let somebody answer a thread of this person."""
    network = values.get("network")
    writer = UserFactory.create(public_name="Lise R.")
    if network:
        join(writer, network)
    thread = thread_of(person, **values)
    add_post(by=writer, thread=thread, body="À l’épaule.")
    spread()
    deliver()
    return Notice.objects.get(subject=f"thread:{thread.pk}", user=person)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_visitor_has_no_bell_and_no_list() -> None:
    assert "data-bell" not in Client().get("/fiches/").content.decode()
    assert Client().get("/notifications/").headers["Location"].startswith("/compte/login/")


def test_the_bell_and_the_title_count_on_every_page() -> None:
    person = UserFactory.create()
    client = signed_in(person)
    empty = client.get("/fiches/").content.decode()
    assert 'data-count="0" aria-label="Notifications"' in empty
    told(person)
    told(person)
    page = client.get("/fiches/").content.decode()
    assert 'data-count="2" aria-label="Notifications (2)"' in page
    assert "<title>(2) " in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = UserFactory.create()
    for _number in range(number):
        told(person)
    client = signed_in(person)
    client.get("/notifications/")
    with django_assert_num_queries(7):  # session, person, count, notices, networks, threads, bell
        page = client.get("/notifications/").content.decode()
    assert page.count(BADGE) == number


def test_a_notice_leads_to_the_message_and_is_read_by_that() -> None:
    notice = told(UserFactory.create())
    client = signed_in(notice.user)
    answer = client.get(reverse("notice", args=[notice.pk]))
    assert answer.headers["Location"].endswith("?autour=2#m2")
    assert unread_count(notice.user) == 0
    assert signed_in(UserFactory.create()).get(reverse("notice", args=[notice.pk])).status_code == 404


def test_one_or_all_are_marked_read() -> None:
    person = UserFactory.create()
    first = told(person)
    told(person)
    client = signed_in(person)
    client.post("/notifications/lues/", {"notice": str(first.pk)})
    assert client.get("/notifications/").content.decode().count(BADGE) == 1
    assert client.post("/notifications/lues/", {"notice": "x"}).status_code == 404
    client.post("/notifications/lues/")
    assert client.get("/notifications/").content.decode().count(BADGE) == 0


def test_what_closed_to_the_person_is_not_shown_any_more() -> None:
    person, network = UserFactory.create(), NetworkFactory.create()
    membership = join(person, network)
    notice = told(person, network=network, title="Entre nous seulement")
    client = signed_in(person)
    assert "Entre nous seulement" in client.get("/notifications/").content.decode()
    membership.delete()
    assert "Entre nous seulement" not in client.get("/notifications/").content.decode()
    answer = client.get(reverse("notice", args=[notice.pk]), follow=True)
    assert answer.redirect_chain == [("/notifications/", 302)]
    assert "ne vous est plus ouvert" in answer.content.decode()
