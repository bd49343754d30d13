"""Windows of posts, and what a reader missed."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries, Settings

from forum.actions import add_post
from forum.api.outputs import frame, post_html
from forum.queries import events_after, newest_posts, posts_after, posts_around, posts_before, posts_visible_to
from tests.factories.forum import posts_in, thread_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_windows_by_number(settings: Settings, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    settings.POSTS_PER_MINUTE = 1000
    thread = thread_of()
    posts_in(thread, 99)
    posts = posts_visible_to(AnonymousUser(), thread)
    with django_assert_num_queries(2):
        assert [post.seq for post in posts_around(posts, 50)] == list(range(40, 70))
    with django_assert_num_queries(5):
        assert [post.seq for post in posts_around(posts, 0)] == list(range(1, 31))
        assert [post.seq for post in posts_around(posts, 5)] == list(range(1, 31))
        assert [post.seq for post in posts_around(posts, 101)] == list(range(71, 101))
    with django_assert_num_queries(3):
        assert [post.seq for post in posts_after(posts, 70)] == list(range(71, 101))
        assert [post.seq for post in posts_before(posts, 20)] == list(range(1, 20))
        assert [post.seq for post in newest_posts(posts)] == list(range(71, 101))


def test_posts_and_changes_bring_what_their_html_needs(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    thread = thread_of()
    first, author = thread.posts.get(), UserFactory.create()
    for _ in range(3):
        add_post(by=author, thread=thread, body="Oui.", parent=first)
    thread.refresh_from_db()
    with django_assert_num_queries(1):
        assert len([post_html(post) for post in posts_visible_to(AnonymousUser(), thread)]) == 4
    with django_assert_num_queries(1):
        assert len([frame(event) for event in events_after(thread, 0) or ()]) == 4


def test_a_held_post_is_its_authors_and_the_moderators() -> None:
    newcomer, moderator, thread = UserFactory.create(), UserFactory.create(is_moderator=True), thread_of()
    add_post(by=newcomer, thread=thread, body="http://exemple.test")
    readers = (AnonymousUser(), UserFactory.create(), newcomer, moderator)
    assert [posts_visible_to(reader, thread).count() for reader in readers] == [1, 1, 2, 2]
    for post in thread.posts.select_related("thread"):
        for reader in readers:
            assert reader.has_perm("forum.view_post", post) == posts_visible_to(reader, thread).contains(post)


def test_what_cannot_be_replayed_is_said() -> None:
    thread = thread_of()
    posts_in(thread, 3)
    thread.refresh_from_db()
    told = [events_after(thread, seq) for seq in (0, 2, 4, 5)]
    assert [None if one is None else [event.seq for event in one] for one in told] == [[1, 2, 3, 4], [3, 4], [], None]
    thread.events.filter(seq__lte=2).delete()
    assert events_after(thread, 1) is None
    assert [event.seq for event in events_after(thread, 2) or ()] == [3, 4]
