"""A thread of a closed network is nowhere for who is not in it: page, feed, search, API, report and mail are silent."""

from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from commons.moderation.models import Report
from commons.notices.delivering import deliver
from commons.notices.queries import lines_of, notices_of
from commons.notices.spreading import spread
from commons.people.actions.networks import leave_network
from commons.people.models import User
from forum.actions import add_post, follow_thread
from forum.models import Follow, Thread
from tests.factories.api import client_of
from tests.factories.forum import thread_of
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.search import found_by, fresh_index

pytestmark = pytest.mark.django_db(transaction=True)

WORD = "xylographie"


@pytest.fixture
def thread() -> Thread:
    """Return a thread of a closed network; somebody who left it followed it closely."""
    network, author, left = NetworkFactory.create(), UserFactory.create(), UserFactory.create()
    for person in (author, left):
        join(person, network)
    thread = thread_of(author, network=network, title=f"De la {WORD}", body=f"Une {WORD}", tags=[f"{WORD} douce"])
    follow_thread(by=left, thread=thread, level="watching")
    leave_network(by=left, network=network)
    add_post(by=author, thread=thread, body=f"Encore la {WORD}")
    return thread


def pages(thread: Thread, author: User) -> Iterator[str]:
    network = thread.network
    assert network is not None
    yield from ("/", "/discussions/", "/discussions/?view=unanswered", "/discussions/?view=mine", "/sitemap.xml")
    yield from (f"/discussions/?space=network:{network.slug}", f"/discussions/semblables/?title={WORD}")
    yield from (author.get_absolute_url(), network.get_absolute_url(), "/recherche/suggestions/?q=De+la+xylo")
    yield from (f"/api/v1/threads/?space=network:{network.slug}", "/api/v1/threads/", "/api/v1/suggest/?q=De+la+xylo")


def hidden(thread: Thread) -> Iterator[str]:
    api = f"/api/v1/threads/{thread.pk}/"
    yield from (thread.get_absolute_url(), f"/discussions/{thread.pk}/messages/2/", api, f"{api}posts/")
    yield from (f"{api}events/?after=0", f"{api}posts/{thread.posts.latest('seq').pk}/")


@pytest.mark.parametrize("role", ["visitor", "member", "left"])
def test_nothing_that_is_read_tells_of_it(role: str, thread: Thread) -> None:
    left = Follow.objects.get(thread=thread, level="watching", user__memberships=None).user
    user = {"visitor": None, "member": UserFactory.create(), "left": left}[role]
    browser = signed_in(user) if user else Client()
    fresh_index()
    for path in pages(thread, thread.created_by):
        answer = browser.get(path)
        assert (path, thread.pk in answer.content.decode(), "De la xylographie" in answer.content.decode()) == (
            path, False, False,
        )  # fmt: skip
    assert [browser.get(path).status_code for path in hidden(thread)] == [404] * 6


def test_it_is_found_by_its_members_alone(thread: Thread) -> None:
    fresh_index()
    found = [("thread", thread.pk)]
    assert [hit for hit in found_by(thread.created_by, WORD) if hit[0] == "thread"] == found
    assert [hit for hit in found_by(UserFactory.create(), WORD) if hit[0] == "thread"] == []


def test_it_is_neither_reported_nor_mailed(thread: Thread, settings: Settings) -> None:
    settings.NOTICE_DELAY_SECONDS = 0.0
    stranger, left = UserFactory.create(), Follow.objects.get(level="watching", user__memberships=None).user
    asked = {"kind": "post", "object_id": str(thread.posts.latest("seq").pk), "reason": "spam"}
    assert client_of(stranger).post("/api/v1/reports/", asked, format="json").status_code == 404
    spread()
    deliver()
    assert (Report.objects.count(), mail.outbox, lines_of(left, notices_of(left))) == (0, [], [])
