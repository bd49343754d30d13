"""Threads: opened in their space, changed under one number each, moved, split and merged without losing a post."""

import pytest

from commons.errors import Conflict, Invalid, NotAllowed, NotFound
from forum.actions import (
    accept_answer,
    add_post,
    add_thread,
    change_thread,
    close_thread,
    merge_thread,
    move_thread,
    order_thread,
    reopen_thread,
    split_thread,
)
from forum.models import Thread
from tests.factories.forum import posts_in, thread_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join
from tests.factories.sheets import draft_sheet

pytestmark = pytest.mark.django_db


def test_a_thread_opens_with_its_first_post_and_its_terms() -> None:
    author = UserFactory.create()
    thread = thread_of(author, kind="question", tags=["Captation", "captation"])
    assert (thread.last_seq, thread.post_count, thread.audience) == (1, 1, "public")
    assert [term.name for term in thread.tags.all()] == ["Captation"]
    assert author.follows.get(thread=thread).level == "watching"


def test_a_retry_is_the_same_thread() -> None:
    author = UserFactory.create()
    first, again = (thread_of(author, client_id="x") for _n in range(2))
    assert (first.pk, Thread.objects.count()) == (again.pk, 1)


def test_wrong_values_are_told_by_field() -> None:
    with pytest.raises(Invalid) as refused:
        add_thread(by=UserFactory.create(), title=" ", body="x", kind="autre", audience="network")
    assert sorted(refused.value.fields) == ["audience", "kind", "title"]


def test_a_networks_space_is_its_members() -> None:
    network, member = NetworkFactory.create(), UserFactory.create()
    join(member, network)
    assert thread_of(member, network=network).audience == "network"
    with pytest.raises((NotFound, NotAllowed, Invalid)):
        thread_of(UserFactory.create(), network=network)
    with pytest.raises(Invalid) as refused:
        thread_of(UserFactory.create(), network=network, audience="public")
    assert list(refused.value.fields) == ["space"]


def test_a_thread_about_a_hidden_sheet_is_not_opened() -> None:
    sheet = draft_sheet()
    with pytest.raises((NotFound, NotAllowed)):
        thread_of(UserFactory.create(), sheet=sheet)


def test_each_change_has_its_number() -> None:
    owner, moderator = UserFactory.create(), UserFactory.create(is_moderator=True)
    thread = thread_of(owner)
    change_thread(by=owner, thread=thread, values={"title": "Filmer seule", "kind": "question", "tags": ["son"]})
    close_thread(by=owner, thread=thread)
    close_thread(by=owner, thread=thread)
    reopen_thread(by=owner, thread=thread)
    order_thread(by=moderator, thread=thread, is_pinned=True)
    thread.refresh_from_db()
    assert (thread.title, thread.is_closed, thread.is_pinned, thread.last_seq) == ("Filmer seule", False, True, 5)
    assert list(thread.events.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5]
    with pytest.raises(NotAllowed):
        order_thread(by=owner, thread=thread, is_pinned=False)


def test_an_answer_is_a_visible_post_of_a_question() -> None:
    owner = UserFactory.create()
    thread, other = thread_of(owner, kind="question"), thread_of(owner)
    answer = add_post(by=UserFactory.create(), thread=thread, body="Un trépied.")
    accept_answer(by=owner, thread=thread, post=answer)
    thread.refresh_from_db()
    assert thread.answer == answer
    with pytest.raises(Invalid):
        accept_answer(by=owner, thread=thread, post=other.posts.get())
    with pytest.raises(Conflict):
        accept_answer(by=owner, thread=other, post=None)
    assert accept_answer(by=owner, thread=thread, post=None).answer is None


def test_a_curator_moves_a_thread_home() -> None:
    network = NetworkFactory.create()
    curator = curator_of(network)
    thread = thread_of(curator, network=network)
    moved = move_thread(by=curator, thread=thread, network=None)
    assert (moved.network, moved.audience) == (None, "public")
    with pytest.raises(NotAllowed):
        move_thread(by=curator, thread=moved, network=network)


def test_a_split_takes_posts_with_new_numbers() -> None:
    moderator, thread = UserFactory.create(is_moderator=True), thread_of()
    posts = posts_in(thread, 3)
    other = split_thread(by=moderator, thread=thread, posts=posts[1:], title="À part")
    assert [post.seq for post in other.posts.order_by("seq")] == [1, 2]
    thread.refresh_from_db()
    assert (thread.post_count, other.post_count) == (2, 2)
    gone = thread.events.get(kind="post.moved")
    assert (gone.seq, gone.removed) == (5, [post.pk for post in posts[1:]])
    assert thread.events.filter(post__in=posts[1:]).count() == 0
    with pytest.raises(Invalid):
        split_thread(by=moderator, thread=thread, posts=[thread.posts.get(seq=1)], title="Tout")


def test_a_merge_loses_no_post_and_refuses_other_readers() -> None:
    network, moderator = NetworkFactory.create(), UserFactory.create(is_moderator=True)
    join(moderator, network)
    one, two, closed = thread_of(), thread_of(), thread_of(moderator, network=network)
    posts_in(one, 2)
    merge_thread(by=moderator, thread=one, into=two)
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.merged_into, one.is_closed, one.post_count, two.post_count) == (two, True, 0, 4)
    assert [post.seq for post in two.posts.order_by("seq")] == [1, 2, 3, 4]
    with pytest.raises(Conflict):
        reopen_thread(by=moderator, thread=one)
    with pytest.raises(Invalid):
        merge_thread(by=moderator, thread=two, into=closed)
    with pytest.raises(Invalid):
        merge_thread(by=moderator, thread=two, into=two)
