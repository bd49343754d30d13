"""Proves that state + events equals a fresh fetch, for every action that changes a thread (Zulip's `verify_action`)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

import forum.actions
from commons.people.models import User
from forum import actions as do
from forum.actions.bound import Binding
from forum.models import Poll, Post, Thread
from tests.factories.api import client_of
from tests.factories.forum import posts_in, thread_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db

PERSONAL = {
    "follow_thread",
    "stand_towards_thread",
    "mark_read",
    "save_draft",
    "save_thread",
    "draft_sheet",
    "add_thread",
    "open_bound_thread",
}
"""What changes nothing that other readers of the thread see."""

STATED = (
    "title", "kind", "audience", "is_closed", "is_pinned", "is_anonymous", "answer", "slow_seconds", "merged_into",
)  # fmt: skip


@dataclass
class Scene:
    """A thread with posts by one person, seen by a moderator, and what an action may need."""

    author: User
    moderator: User
    thread: Thread
    other: Thread

    def post(self, seq: int = 2) -> Post:
        """Return a post as the database has it."""
        return Post.objects.select_related("thread", "author").get(thread=self.thread, seq=seq)

    def poll(self) -> Poll:
        """Put a poll under the second post, unless it is there."""
        found = Poll.objects.filter(post__thread=self.thread).select_related("post__thread").first()
        options = ["Mardi", "Jeudi"]
        return found or do.add_poll(by=self.author, post=self.post(), question="Quel jour ?", options=options)


def _delete_the_answer(scene: Scene) -> None:
    do.accept_answer(by=scene.author, thread=scene.thread, post=scene.post())
    do.delete_post(by=scene.author, post=scene.post())


ACTIONS: dict[str, Callable[[Scene], object]] = {
    "accept_answer": lambda s: do.accept_answer(by=s.author, thread=s.thread, post=s.post()),
    "add_poll": lambda s: s.poll(),
    "add_post": lambda s: do.add_post(by=s.author, thread=s.thread, body="Un de plus"),
    "align_bound_thread": lambda s: do.align_bound_thread(
        s.thread, Binding("Une séance", "public", None, is_anonymous=True)
    ),
    "change_post": lambda s: do.change_post(by=s.author, post=s.post(), body="Autrement", revision=1),
    "change_thread": lambda s: do.change_thread(by=s.author, thread=s.thread, values={"title": "Autre titre"}),
    "close_poll": lambda s: do.close_poll(by=s.author, poll=s.poll()),
    "close_thread": lambda s: do.close_thread(by=s.author, thread=s.thread),
    "delete_post": _delete_the_answer,
    "merge_thread": lambda s: do.merge_thread(by=s.moderator, thread=s.thread, into=s.other),
    "move_thread": lambda s: do.move_thread(by=s.moderator, thread=s.thread, network=s.other.network),
    "order_thread": lambda s: do.order_thread(by=s.moderator, thread=s.thread, is_pinned=True, slow_seconds=3),
    "react": lambda s: do.react(by=s.moderator, post=s.post(), kind="thanks"),
    "release_post": lambda s: do.release_post(by=s.moderator, post=_held(s)),
    "reopen_thread": lambda s: do.reopen_thread(by=s.author, thread=do.close_thread(by=s.author, thread=s.thread)),
    "restore_post": lambda s: do.restore_post(by=s.author, post=do.delete_post(by=s.author, post=s.post())),
    "split_thread": lambda s: do.split_thread(by=s.moderator, thread=s.thread, posts=[s.post(3)], title="À part"),
    "vote": lambda s: do.vote(by=s.moderator, poll=s.poll(), options=[1]),
}


def _held(scene: Scene) -> Post:
    newcomer = UserFactory.create()
    held = do.add_post(by=newcomer, thread=scene.thread, body="https://exemple.test")
    return Post.objects.select_related("thread").get(pk=held.pk)


@pytest.fixture
def scene() -> Scene:
    author, moderator = UserFactory.create(), curator_of(NetworkFactory.create(), is_moderator=True)
    thread, other = thread_of(author, kind="question"), thread_of(author)
    posts_in(thread, 3, author)
    return Scene(author, moderator, Thread.objects.get(pk=thread.pk), other)


def fetched(thread: Thread) -> tuple[dict[int, Any], dict[str, Any], int]:
    """Return a thread as somebody who opens it now reads it: posts by id, its own state, its last number."""
    client = client_of()
    whole = client.get(f"/api/v1/threads/{thread.pk}/").json()
    page = client.get(f"/api/v1/threads/{thread.pk}/posts/?after=0").json()
    return {post["id"]: post for post in page["results"]}, whole, page["last_seq"]


def catch_up(posts: dict[int, Any], state: dict[str, Any], last: int, thread: Thread) -> None:
    """Apply what changed after a number, as a client does."""
    told = client_of().get(f"/api/v1/threads/{thread.pk}/events/?after={last}").json()
    assert [event["seq"] for event in told["events"]] == list(range(last + 1, told["last_seq"] + 1))
    for event in told["events"]:
        for pk in event.get("removed", ()):
            posts.pop(pk, None)
        if event["post"]:
            posts[event["post"]["id"]] = event["post"]
        state |= event.get("state", {})


def test_every_action_is_here() -> None:
    assert set(ACTIONS) | PERSONAL == set(forum.actions.__all__)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_state_and_events_equal_a_fresh_fetch(name: str, scene: Scene) -> None:
    posts, state, last = fetched(scene.thread)
    ACTIONS[name](scene)
    catch_up(posts, state, last, scene.thread)
    fresh, whole, reached = fetched(scene.thread)
    assert reached > last
    assert json.dumps(posts, sort_keys=True) == json.dumps(fresh, sort_keys=True)
    assert {key: state[key] for key in STATED} == {key: whole[key] for key in STATED}
