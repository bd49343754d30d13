"""Posts: added once, changed without loss, hidden and shown again, held when they look like a passer-by's."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from commons.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from forum.actions import add_post, change_post, close_thread, delete_post, order_thread, release_post, restore_post
from forum.models import Post, Thread
from tests.factories.forum import posts_in, thread_of
from tests.factories.people import NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db


def numbers(thread: Thread) -> list[tuple[int, str]]:
    return list(thread.events.order_by("seq").values_list("seq", "kind"))


def fresh(post: Post) -> Post:
    return Post.objects.select_related("thread").get(pk=post.pk)


def test_a_retry_is_the_same_post() -> None:
    author, thread = UserFactory.create(), thread_of()
    first = add_post(by=author, thread=thread, body="Oui", client_id="a-1")
    again = add_post(by=author, thread=thread, body="Oui, encore", client_id="a-1")
    assert (again.pk, again.body, numbers(thread)) == (first.pk, "Oui", [(1, "post.added"), (2, "post.added")])
    other = add_post(by=UserFactory.create(), thread=thread, body="Oui", client_id="a-1")
    assert other.seq == 3


@pytest.mark.parametrize("body", ["", "  \n ", "x" * 10_001])
def test_an_empty_or_endless_body_is_refused(body: str) -> None:
    thread = thread_of()
    with pytest.raises(Invalid) as refused:
        add_post(by=UserFactory.create(), thread=thread, body=body)
    assert (list(refused.value.fields), numbers(thread)) == (["body"], [(1, "post.added")])


def test_a_client_id_that_cannot_be_kept_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        add_post(by=UserFactory.create(), thread=thread_of(), body="Oui", client_id="é" * 65)
    assert list(refused.value.fields) == ["client_id"]


def test_the_writer_has_read_their_own_post_and_follows() -> None:
    author, thread = UserFactory.create(), thread_of()
    add_post(by=author, thread=thread, body="Oui")
    follow = author.follows.get(thread=thread)
    assert (follow.last_read_seq, follow.level) == (2, "tracking")


def test_a_post_costs_a_fixed_number_of_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    author, thread = UserFactory.create(), thread_of()
    add_post(by=author, thread=thread, body="Un")
    with django_assert_num_queries(12 if connection.vendor == "sqlite" else 7):  # six of them in one piece
        add_post(by=author, thread=thread, body="Deux", client_id="deux")


def test_a_closed_thread_takes_its_moderators_posts_only() -> None:
    owner, moderator = UserFactory.create(), UserFactory.create(is_moderator=True)
    thread = close_thread(by=owner, thread=thread_of(owner))
    with pytest.raises(Conflict) as refused:
        add_post(by=owner, thread=thread, body="Encore")
    assert refused.value.code == "closed"
    assert add_post(by=moderator, thread=thread, body="Un mot").seq == 3


def test_who_may_not_read_may_not_post() -> None:
    network, member = NetworkFactory.create(), UserFactory.create()
    join(member, network)
    thread = thread_of(member, network=network)
    with pytest.raises(NotFound):
        add_post(by=UserFactory.create(), thread=thread, body="Je passe")


def test_too_many_posts_in_a_minute_are_refused(settings: Settings) -> None:
    settings.POSTS_PER_MINUTE = 2
    author, thread = UserFactory.create(), thread_of()
    posts_in(thread, 2, author)
    with pytest.raises(TooMany):
        add_post(by=author, thread=thread, body="Trop")
    Post.objects.filter(author=author).update(created_at=timezone.now() - datetime.timedelta(minutes=2))
    assert add_post(by=author, thread=thread, body="Assez").seq == 4


def test_slow_mode_makes_everybody_wait_but_moderators() -> None:
    moderator, author = UserFactory.create(is_moderator=True), UserFactory.create()
    thread = order_thread(by=moderator, thread=thread_of(), slow_seconds=60)
    add_post(by=author, thread=thread, body="Un")
    with pytest.raises(TooMany) as refused:
        add_post(by=author, thread=thread, body="Deux")
    assert refused.value.code == "slow_mode"
    posts_in(thread, 2, moderator)


def test_a_change_keeps_the_former_text() -> None:
    author, thread = UserFactory.create(), thread_of()
    post = add_post(by=author, thread=thread, body="Un")
    changed = change_post(by=author, post=fresh(post), body="Deux", revision=1)
    assert (changed.body, changed.revision, changed.html) == ("Deux", 2, "<p>Deux</p>")
    assert list(post.revisions.values_list("number", "body")) == [(1, "Un")]
    with pytest.raises(Conflict) as refused:
        change_post(by=author, post=fresh(post), body="Trois", revision=1)
    assert (refused.value.theirs, refused.value.revision) == ({"body": "Deux"}, 2)
    with pytest.raises(NotAllowed):
        change_post(by=UserFactory.create(), post=fresh(post), body="Non", revision=2)


def test_a_deleted_post_keeps_its_place_and_comes_back() -> None:
    author, thread = UserFactory.create(), thread_of()
    post = add_post(by=author, thread=thread, body="Un")
    for _twice in range(2):
        delete_post(by=author, post=fresh(post))
    thread.refresh_from_db()
    assert (fresh(post).state, thread.post_count, thread.last_seq) == ("deleted", 1, 3)
    with pytest.raises(Conflict):
        change_post(by=author, post=fresh(post), body="Deux", revision=1)
    for _twice in range(2):
        restore_post(by=author, post=fresh(post))
    thread.refresh_from_db()
    assert (fresh(post).state, thread.post_count, thread.last_seq) == ("visible", 2, 4)


def test_the_first_post_goes_only_with_its_thread() -> None:
    author = UserFactory.create()
    with pytest.raises(Conflict) as refused:
        delete_post(by=author, post=thread_of(author).posts.get())
    assert refused.value.code == "first"


def test_a_newcomers_first_link_waits_for_a_moderator() -> None:
    newcomer, moderator, thread = UserFactory.create(), UserFactory.create(is_moderator=True), thread_of()
    held = add_post(by=newcomer, thread=thread, body="Voyez https://exemple.test")
    thread.refresh_from_db()
    assert (held.state, thread.post_count) == ("held", 1)
    with pytest.raises(NotAllowed):
        release_post(by=newcomer, post=fresh(held))
    assert release_post(by=moderator, post=fresh(held)).state == "visible"
    thread.refresh_from_db()
    assert (thread.post_count, numbers(thread)[-1]) == (2, (3, "post.restored"))
    assert add_post(by=newcomer, thread=thread, body="Et https://exemple.test").state == "visible"


def test_a_member_of_a_network_is_no_passer_by() -> None:
    member = UserFactory.create()
    join(member, NetworkFactory.create())
    assert add_post(by=member, thread=thread_of(), body="Voyez https://exemple.test").state == "visible"
