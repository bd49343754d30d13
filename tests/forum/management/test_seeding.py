"""Seeding gives the same threads for the same seed, whole enough to be read, and goes as a whole."""

import pytest
from django.core.management import call_command

from forum.models import Event, Post, Thread
from tests.factories.api import client_of
from tests.factories.forum import thread_of

pytestmark = pytest.mark.django_db


def test_threads_are_seeded_once_read_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    kept = thread_of()
    for _twice in range(2):
        call_command("seed", sheets=0, people=5, threads=3, posts=7, seed=2)
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "seed: 0 sheets and 5 people added", "seed: 3 threads and 7 posts added",
        "seed: 0 sheets and 0 people added", "seed: 0 threads and 0 posts added",
    ]  # fmt: skip
    seeded = Thread.objects.exclude(pk=kept.pk).order_by("pk")
    assert [(thread.post_count, thread.last_seq) for thread in seeded] == [(3, 3), (2, 2), (2, 2)]
    told = client_of().get(f"/api/v1/threads/{seeded[0].pk}/events/?after=0").json()
    assert [event["post"]["seq"] for event in told["events"]] == [1, 2, 3]
    call_command("seed", remove=True)
    assert (list(Thread.objects.all()), Post.objects.count(), Event.objects.count()) == ([kept], 1, 1)


def test_nobody_speaks_without_people() -> None:
    call_command("seed", sheets=0, people=0, threads=2)
    assert Thread.objects.count() == 0
