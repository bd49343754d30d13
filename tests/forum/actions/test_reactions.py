"""Reactions and votes: counted once each, each change with its number."""

import datetime

import pytest
from django.utils import timezone

from commons.errors import Conflict, Invalid, NotAllowed
from forum.actions import add_poll, add_post, close_poll, react, vote
from forum.models import Poll, Post
from tests.factories.forum import thread_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_reaction_counts_once_and_is_taken_back() -> None:
    author, reader, thread = UserFactory.create(), UserFactory.create(), thread_of()
    post = add_post(by=author, thread=thread, body="Un")
    for _twice in range(2):
        react(by=reader, post=Post.objects.get(pk=post.pk), kind="thanks")
    react(by=UserFactory.create(), post=Post.objects.get(pk=post.pk), kind="tried")
    thread.refresh_from_db()
    assert (Post.objects.get(pk=post.pk).reactions, thread.last_seq) == ({"thanks": 1, "tried": 1}, 4)
    react(by=reader, post=Post.objects.get(pk=post.pk), kind="thanks", is_on=False)
    assert Post.objects.get(pk=post.pk).reactions == {"tried": 1}


def test_nobody_thanks_themselves_nor_with_another_word() -> None:
    author, thread = UserFactory.create(), thread_of()
    post = add_post(by=author, thread=thread, body="Un")
    with pytest.raises(NotAllowed):
        react(by=author, post=post, kind="thanks")
    with pytest.raises(Invalid):
        react(by=UserFactory.create(), post=post, kind="love")


def poll_of(author: object, **values: object) -> Poll:
    thread = thread_of(author)
    facts = {"question": "Quel jour ?", "options": ["Mardi", "Jeudi", "Jeudi"]} | values
    return add_poll(by=author, post=thread.posts.get(), **facts)


def test_a_vote_may_change_and_be_taken_back() -> None:
    author, one, two = (UserFactory.create() for _n in range(3))
    poll = poll_of(author)
    assert poll.options == ["Mardi", "Jeudi"]
    vote(by=one, poll=poll, options=[0])
    vote(by=two, poll=poll, options=[0])
    changed = vote(by=two, poll=poll, options=[1])
    assert [(row["count"], row["percent"]) for row in changed.results] == [(1, 50), (1, 50)]
    back = vote(by=two, poll=poll, options=[])
    assert (back.counts, back.voter_count) == ([1, 0], 1)
    for wrong in ([2], [0, 1]):
        with pytest.raises(Invalid):
            vote(by=one, poll=poll, options=wrong)


def test_several_answers_when_the_poll_allows_them() -> None:
    author, one = UserFactory.create(), UserFactory.create()
    assert vote(by=one, poll=poll_of(author, is_multiple=True), options=[0, 1, 1]).counts == [1, 1]


def test_a_closed_poll_takes_no_vote() -> None:
    author = UserFactory.create()
    poll = close_poll(by=author, poll=poll_of(author))
    with pytest.raises(Conflict):
        vote(by=UserFactory.create(), poll=poll, options=[0])
    Poll.objects.update(closes_at=timezone.now() + datetime.timedelta(days=1))
    assert vote(by=UserFactory.create(), poll=poll, options=[0]).voter_count == 1


@pytest.mark.parametrize("values", [{"question": " "}, {"options": ["Un"]}, {"options": ["x" * 121, "y"]}])
def test_a_poll_needs_a_question_and_two_answers(values: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        poll_of(UserFactory.create(), **values)


def test_one_poll_per_post() -> None:
    author = UserFactory.create()
    poll = poll_of(author)
    with pytest.raises(Conflict):
        add_poll(by=author, post=poll.post, question="Et l’heure ?", options=["14 h", "15 h"])
