"""The lists of threads: what they hold, for whom, at what cost."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from forum.actions import accept_answer, add_post, mark_read, order_thread
from forum.models import Thread
from tests.factories.forum import posts_in, thread_of
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


def titles(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/discussions/{query}")
    return [row["thread"].title for row in page.context["rows"]]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for n in range(number):
        thread_of(title=f"Sujet {n}", tags=["radio"], network=None, kind="question")
    with django_assert_num_queries(4):
        page = Client().get("/discussions/")
    assert (len(page.context["rows"]), page.context["total"]) == (number, number)


@pytest.mark.parametrize("number", [1, 3])
def test_a_members_list_costs_the_same(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = UserFactory.create()
    for n in range(number):
        thread_of(person, title=f"Sujet {n}", tags=["radio"])
    client = signed_in(person)
    client.get("/discussions/")
    with django_assert_num_queries(10):
        client.get("/discussions/")


def test_what_one_may_not_read_is_not_listed() -> None:
    network, member = NetworkFactory.create(), UserFactory.create()
    join(member, network)
    thread_of(member, network=network, title="Entre nous")
    thread_of(sheet=published_sheet(confidentiality="members"), title="Pour les membres")
    thread_of(title="Pour tout le monde")
    assert titles(Client()) == ["Pour tout le monde"]
    assert titles(signed_in(UserFactory.create())) == ["Pour tout le monde", "Pour les membres"]
    assert titles(signed_in(member)) == ["Pour tout le monde", "Pour les membres", "Entre nous"]
    assert titles(signed_in(member), f"?space=network:{network.slug}") == ["Entre nous"]
    assert titles(Client(), f"?space=network:{network.slug}") == []


def test_questions_without_an_answer_are_a_list_of_their_own() -> None:
    asker, helper = UserFactory.create(), UserFactory.create()
    answered = thread_of(asker, title="Répondue", kind="question")
    accept_answer(by=asker, thread=answered, post=add_post(by=helper, thread=answered, body="Oui."))
    thread_of(asker, title="En attente", kind="question")
    thread_of(asker, title="Causerie")
    page = Client().get("/discussions/?view=unanswered")
    assert [row["thread"].title for row in page.context["rows"]] == ["En attente"]
    assert [tab["count"] for tab in page.context["tabs"]] == [None, 1]


def test_filters_by_sheet_and_tag_and_the_pinned_first() -> None:
    moderator, sheet = UserFactory.create(is_moderator=True), published_sheet()
    pinned = thread_of(title="Épinglée", tags=["radio"])
    order_thread(by=moderator, thread=pinned, is_pinned=True)
    thread_of(title="Sur la fiche", sheet=sheet, tags=["Radio"])
    thread_of(title="Ailleurs")
    assert titles(Client()) == ["Épinglée", "Ailleurs", "Sur la fiche"]
    assert titles(Client(), f"?space=sheet:{sheet.pk}") == ["Sur la fiche"]
    assert titles(Client(), "?space=general") == ["Épinglée", "Ailleurs"]
    assert titles(Client(), "?tag=radio") == ["Épinglée", "Sur la fiche"]
    assert titles(Client(), "?tag=inconnu") == titles(Client(), "?space=network:inconnu") == []


def test_unread_and_new_since_the_last_visit() -> None:
    reader = UserFactory.create()
    read, unread = thread_of(title="Lue"), thread_of(title="À lire")
    for thread in (read, unread):
        mark_read(by=reader, thread=thread, seq=1)
    posts_in(unread, 2)
    client = signed_in(reader)
    client.get("/discussions/")
    session = client.session
    session["threads_seen_at"] = (timezone.now() - datetime.timedelta(days=1)).isoformat()
    session.save()
    thread_of(title="Toute neuve")
    Thread.objects.filter(pk=thread_of(title="Vieille").pk).update(
        last_post_at=timezone.now() - datetime.timedelta(days=3)
    )
    rows = client.get("/discussions/").context["rows"]
    told = {row["thread"].title: (row["is_unread"], row["is_new"]) for row in rows}
    assert told == {
        "Lue": (False, False),
        "À lire": (True, False),
        "Toute neuve": (False, True),
        "Vieille": (False, False),
    }
    assert titles(client, "?view=unread") == ["À lire"]
    assert [row["url"] for row in client.get("/discussions/?view=unread").context["rows"]] == [
        f"{unread.get_absolute_url()}?autour=2#non-lus"
    ]
    assert titles(client, "?view=mine") == []
