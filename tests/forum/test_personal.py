"""What becomes of threads, posts, reactions and votes when somebody leaves."""

import pytest

from commons.people.actions import erase_person
from commons.people.enums import ErasureCause, ErasureMode
from forum.actions import add_poll, add_post, close_poll, vote
from forum.enums import PostState
from forum.models import Draft, Event, Follow, Poll, Post, PostRevision, Thread
from tests.factories.forum import thread_of
from tests.factories.lives import Life, whole_life
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ANONYMISE, REMOVE = ErasureMode


def after(mode: ErasureMode) -> Life:
    life = whole_life()
    erase_person(person=life.person, mode=mode, cause=ErasureCause.ASKED)
    life.thread.refresh_from_db()
    return life


def test_anonymising_keeps_every_word_without_its_author() -> None:
    life = after(ANONYMISE)
    posts = Post.objects.filter(thread=life.thread, author=None)
    assert [post.body for post in posts.order_by("seq")] == [
        "Écrivez à …@….", "Une réponse attendue.", "Cordialement, une personne qui a quitté Commons",
    ]  # fmt: skip
    former = PostRevision.objects.filter(post__in=posts)
    assert [row.body for row in former] == ["Bien à vous, une personne qui a quitté Commons"]
    assert Thread.objects.filter(title="Monologue", created_by=None).exists()
    (reply,) = life.thread.posts.exclude(author=None)
    assert (reply.reactions, reply.poll.counts, reply.poll.voter_count) == ({}, [0, 0], 0)
    assert set(Draft.objects.values_list("user", flat=True)) == {life.friend.pk}
    assert set(Follow.objects.values_list("user", flat=True)) == {life.friend.pk}


def test_removing_empties_what_nobody_answered() -> None:
    life = after(REMOVE)
    assert not Thread.objects.filter(title="Monologue").exists()
    life.answered.refresh_from_db()
    life.unanswered.refresh_from_db()
    assert (life.answered.body, life.answered.state) == ("Une réponse attendue.", PostState.VISIBLE)
    assert (life.unanswered.body, life.unanswered.html, life.unanswered.state) == ("", "", PostState.DELETED)
    assert PostRevision.objects.filter(post=life.unanswered).count() == 0
    assert life.thread.post_count == life.thread.posts.filter(state=PostState.VISIBLE).count() == 3
    last = Event.objects.filter(thread=life.thread).order_by("seq").last()
    assert (last.seq, last.kind, last.post_id) == (life.thread.last_seq, "post.deleted", life.unanswered.pk)


def test_the_result_of_a_closed_poll_stays() -> None:
    person, other = UserFactory.create(), UserFactory.create()
    post = Post.objects.get(thread=thread_of(other))
    poll = add_poll(by=other, post=post, question="Quand ?", options=["Lundi", "Mardi"])
    vote(by=person, poll=poll, options=[1])
    close_poll(by=other, poll=Poll.objects.get(pk=poll.pk))
    mine = add_post(by=person, thread=post.thread, body="Et moi ?")
    add_poll(by=person, post=mine, question="Où ?", options=["Ici", "Là"])
    erase_person(person=person, mode=REMOVE, cause=ErasureCause.ASKED)
    assert [(row.question, row.counts, row.voter_count) for row in Poll.objects.all()] == [("Quand ?", [0, 1], 1)]
