"""The demonstration's discussions: readable, answered or not, one of them a network's own."""

import pytest
from django.contrib.auth.models import AnonymousUser

from forum.models import Thread
from forum.queries import threads_visible_to

pytestmark = pytest.mark.usefixtures("loaded")


def test_discussions_are_there_for_their_readers() -> None:
    seen = threads_visible_to(AnonymousUser())
    assert (Thread.objects.count(), seen.count(), seen.unanswered().count()) == (5, 4, 1)
    assert seen.get(answer__isnull=False).answer.seq == 2
    for thread in Thread.objects.all():
        posts = thread.posts.order_by("seq")
        assert (thread.post_count, thread.last_post_at) == (posts.count(), posts.last().created_at)
        assert thread.created_at == posts[0].created_at
