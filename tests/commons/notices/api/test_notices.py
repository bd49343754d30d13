"""The API of notices: one's own, in words, by pages; read one by one or all at once."""

import pytest
from django.conf import settings as site
from pytest_django import DjangoAssertNumQueries

from commons.notices.delivering import deliver
from commons.notices.models import Delivery, Notice
from commons.notices.spreading import spread
from commons.people.models import User
from forum.actions import add_post
from forum.models import Thread
from tests.factories.api import client_of, refusal
from tests.factories.forum import thread_of
from tests.factories.people import NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db
HERE = "/api/v1/notices/"


def told(count: int) -> User:
    """Return a person whom the worker has told of answers in so many of their threads."""
    asker, writer = UserFactory.create(), UserFactory.create(public_name="Lise R.")
    for number in range(count):
        add_post(by=writer, thread=thread_of(asker, title=f"Sujet {number}"), body="À l’épaule.")
    spread()
    deliver()
    return asker


def test_a_notice_says_what_happened_where_in_the_language_asked_for() -> None:
    asker = told(1)
    notice = Notice.objects.get()
    page = client_of(asker, "read").get(HERE)
    assert page.json() == {
        "unread": 1,
        "results": [
            {
                "id": notice.pk,
                "kind": "reply",
                "subject": f"thread:{Thread.objects.get().pk}",
                "count": 1,
                "created_at": page.json()["results"][0]["created_at"],
                "changed_at": page.json()["results"][0]["changed_at"],
                "read_at": None,
                "sentence": "Lise R. a répondu dans « Sujet 0 »",
                "url": f"{site.SITE_URL}{Thread.objects.get().get_absolute_url()}?autour=2#m2",
            }
        ],
        "next": None,
        "previous": None,
    }
    english = client_of(asker, "read").get(HERE, headers={"Accept-Language": "en"}).json()["results"][0]
    assert english["sentence"] == "Lise R. replied in “Sujet 0”"


def test_pages_follow_each_other_without_loss_or_double() -> None:
    client, address, titles = client_of(told(3)), f"{HERE}?limit=2", []
    while address:
        page = client.get(address).json()
        titles += [row["sentence"] for row in page["results"]]
        address = page["next"]
    assert titles == [f"Lise R. a répondu dans « Sujet {number} »" for number in (2, 1, 0)]
    assert refusal(client.get(f"{HERE}?cursor=faux")) == (404, "not_found")


def test_reading_one_then_all_is_counted_and_cancels_the_mails() -> None:
    asker = told(3)
    client, first = client_of(asker), Notice.objects.order_by("pk")[0]
    assert client.post(f"{HERE}{first.pk}/read/").json() == {"unread": 2}
    assert client.post(f"{HERE}{first.pk}/read/").json() == {"unread": 2}
    unread = client.get(f"{HERE}?is_unread=1").json()
    assert (unread["unread"], [row["id"] for row in unread["results"]]) == (
        2,
        list(Notice.objects.filter(read_at=None).order_by("-pk").values_list("pk", flat=True)),
    )
    assert client.post(f"{HERE}read/").json() == {"unread": 0}
    assert len(client.get(HERE).json()["results"]) == 3
    assert set(Delivery.objects.filter(channel="mail").values_list("state", flat=True)) == {"cancelled"}


def test_anothers_notice_is_not_found_and_a_key_that_reads_marks_nothing() -> None:
    asker = told(1)
    pk = Notice.objects.get().pk
    other = client_of(UserFactory.create())
    assert other.get(HERE).json() == {"unread": 0, "results": [], "next": None, "previous": None}
    assert refusal(other.post(f"{HERE}{pk}/read/")) == (404, "not_found")
    assert refusal(client_of(asker, "read").post(f"{HERE}read/")) == (403, "read_only_token")
    assert refusal(client_of(asker, "read").post(f"{HERE}{pk}/read/")) == (403, "read_only_token")
    assert refusal(client_of().get(HERE))[0] == 401
    assert Notice.objects.get().read_at is None


def test_what_one_may_not_see_any_more_is_left_out() -> None:
    network, asker, writer = NetworkFactory.create(), UserFactory.create(), UserFactory.create()
    membership = join(asker, network)
    join(writer, network)
    add_post(by=writer, thread=thread_of(asker, network=network), body="Entre nous.")
    spread()
    deliver()
    assert len(client_of(asker).get(HERE).json()["results"]) == 1
    membership.delete()
    assert client_of(asker).get(HERE).json()["results"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = client_of(told(count))
    client.get(HERE)
    with django_assert_num_queries(5):
        assert len(client.get(HERE).json()["results"]) == count
    with django_assert_num_queries(7):
        assert client.post(f"{HERE}read/").json() == {"unread": 0}
