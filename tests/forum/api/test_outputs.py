"""A post is drawn once for the same facts, and anew whenever one that it shows changes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from forum.actions import add_poll, vote
from forum.api.outputs import post_html
from forum.models import Post
from tests.factories.forum import posts_in, thread_of
from tests.factories.people import InstitutionFactory, UserFactory

pytestmark = pytest.mark.django_db

CHANGES: dict[str, Callable[[Any], None]] = {
    "text": lambda post: setattr(post, "html", "<p>Autre</p>"),
    "state": lambda post: setattr(post, "state", "deleted"),
    "edition": lambda post: setattr(post, "edited_at", timezone.now()),
    "reactions": lambda post: post.reactions.update(thanks=2),
    "name": lambda post: setattr(post.author, "public_name", "Autre nom"),
    "house": lambda post: setattr(post.author.institution, "name", "Autre maison"),
    "author": lambda post: setattr(post, "author", None),
    "title": lambda post: setattr(post.thread, "title", "Autre titre"),
    "rule": lambda post: setattr(post.thread, "is_anonymous", True),
    "parent": lambda post: setattr(post, "parent", Post(seq=99)),
    "number": lambda post: setattr(post, "seq", 98),
    "time": lambda post: setattr(post, "created_at", timezone.now().replace(year=2001)),
}


@pytest.fixture
def post() -> Post:
    """Return a post of somebody who works in a house, as a page reads it."""
    author = UserFactory.create(institution=InstitutionFactory.create())
    thread = thread_of(author)
    posts_in(thread, 1, author)
    return Post.objects.select_related("thread", "author__institution", "poll", "parent").get(thread=thread, seq=2)


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_post_shows_is_drawn_anew_when_it_changes(post: Post, change: str) -> None:
    before = post_html(post)
    assert (post_html(post), before) == (before, render_to_string("forum/_post.html", {"post": post}))
    CHANGES[change](post)
    after = post_html(post)
    assert after != before
    assert after == render_to_string("forum/_post.html", {"post": post})


def test_each_language_has_its_own(post: Post) -> None:
    french = post_html(post)
    with translation.override("en"):
        english = post_html(post)
        assert english == render_to_string("forum/_post.html", {"post": post})
    assert (english != french, post_html(post)) == (True, french)


def test_a_poll_is_drawn_each_time(post: Post) -> None:
    assert post.author is not None
    poll = add_poll(by=post.author, post=post, question="Quand ?", options=["Mardi", "Jeudi"])
    shown = [post_html(Post.objects.get(pk=post.pk))]
    vote(by=UserFactory.create(), poll=poll, options=[0])
    shown.append(post_html(Post.objects.get(pk=post.pk)))
    assert shown[0] != shown[1]
