"""Choosing posts: a draft sheet, or another thread."""

import pytest
from pytest_django import Settings

from forum.models import Thread
from practices.models import Sheet
from tests.factories.forum import posts_in, thread_of
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_sheet_is_born_and_its_page_says_so_to_the_readers_of_the_thread() -> None:
    thread, writer = thread_of(), UserFactory.create()
    posts_in(thread, 2)
    client, here = signed_in(writer), f"/discussions/{thread.pk}/messages/choisir/"
    assert "Choisissez au moins un message" in client.post(here, {"title": "X"}).content.decode()
    answer = client.post(here, {"posts": ["1", "2"], "title": "Filmer seul", "kind": "practice"})
    sheet = Sheet.objects.get()
    assert answer["Location"] == f"/ecrire/{sheet.pk}/essentials/"
    assert [post.seq for post in sheet.births.get().posts.order_by("seq")] == [1, 2]
    assert client.get(thread.get_absolute_url()).context["born"] == [sheet]


def test_choices_are_kept_from_page_to_page(settings: Settings) -> None:
    settings.POSTS_PER_MINUTE = 1000
    thread = thread_of()
    posts_in(thread, 55)
    client, here = signed_in(UserFactory.create()), f"/discussions/{thread.pk}/messages/choisir/"
    first = client.get(here)
    assert (first.context["after"], len(first.context["rows"])) == (50, 50)
    second = client.get(f"{here}?posts=3&posts=4&apres=50")
    assert (second.context["elsewhere"], len(second.context["rows"]), second.context["after"]) == ([3, 4], 6, 0)


def test_a_moderator_splits_posts_off() -> None:
    thread = thread_of()
    posts_in(thread, 2)
    here = f"/discussions/{thread.pk}/messages/choisir/"
    sent = {"posts": ["3"], "title": "À part", "split": "1"}
    assert signed_in(UserFactory.create()).post(here, sent).status_code == 403
    answer = signed_in(UserFactory.create(is_moderator=True)).post(here, sent)
    other = Thread.objects.get(title="À part")
    assert (answer["Location"], other.posts.count(), thread.posts.count()) == (other.get_absolute_url(), 1, 2)
