"""The long poll: answers at once when there is something, waits when there is nothing."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from forum.actions import add_post
from tests.factories.forum import thread_of
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.servers import application_over_test_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def served(transactional_db: None) -> Iterator[str]:  # noqa: ARG001 - rows that other threads see
    with application_over_test_database() as url:
        yield url


def ask(served: str, thread: Any, asked: str) -> tuple[float, requests.Response]:
    started = time.monotonic()
    answer = requests.get(f"{served}/api/v1/threads/{thread.pk}/events/?{asked}", timeout=20)
    return time.monotonic() - started, answer


def test_it_waits_for_the_next_change(served: str) -> None:
    author, thread = UserFactory.create(), thread_of()
    with ThreadPoolExecutor() as pool:
        waiting = [pool.submit(ask, served, thread, "after=1&wait=10") for _n in range(3)]
        threading.Event().wait(0.5)
        assert not any(one.done() for one in waiting)
        add_post(by=author, thread=thread, body="Enfin")
        answers = [one.result() for one in waiting]
    for took, answer in answers:
        assert took < 3
        assert [event["seq"] for event in answer.json()["events"]] == [2]


def test_it_answers_at_once_what_is_known_or_refused(served: str) -> None:
    network, member = NetworkFactory.create(), UserFactory.create()
    join(member, network)
    hidden, thread = thread_of(member, network=network), thread_of()
    known = (thread, "after=0&wait=10", 200)
    for target, asked, status in (known, (hidden, "after=1&wait=10", 404), (thread, "after=9&wait=10", 410)):
        took, answer = ask(served, target, asked)
        assert (took < 3, answer.status_code) == (True, status)


def test_it_gives_up_after_the_time_asked(served: str) -> None:
    took, answer = ask(served, thread_of(), "after=1&wait=0.5")
    assert 0.4 < took < 3
    assert answer.json() == {"events": [], "last_seq": 1}
    assert ask(served, thread_of(), "after=1&wait=jamais")[0] < 0.5
