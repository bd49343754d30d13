"""Makes threads and posts, through the actions."""

from typing import Any

from commons.people.models import Network, User
from forum.actions import add_post, add_thread
from forum.models import Post, Thread
from tests.factories.people import UserFactory


def thread_of(by: User | None = None, *, network: Network | None = None, **values: Any) -> Thread:
    """Return an open thread with its first post."""
    facts: dict[str, Any] = {"title": "Filmer sans équipe", "body": "Qui a déjà **filmé** seul ?"} | values
    return add_thread(by=by or UserFactory.create(), network=network, **facts)


def posts_in(thread: Thread, count: int, by: User | None = None) -> list[Post]:
    """Add so many posts and return them."""
    by = by or UserFactory.create()
    return [add_post(by=by, thread=thread, body=f"Message numéro {n}") for n in range(count)]
