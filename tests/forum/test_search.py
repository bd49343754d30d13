"""A thread with its posts is one document, for its readers only."""

import pytest

from commons.search.engines.protocol import PUBLIC
from forum.actions import add_post, delete_post
from forum.search import thread_document
from tests.factories.forum import thread_of
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.sheets import draft_sheet

pytestmark = pytest.mark.django_db


def test_posts_are_the_words_of_their_thread() -> None:
    author = UserFactory.create()
    thread = thread_of(author, tags=["captation"])
    add_post(by=author, thread=thread, body="Un **trépied** suffit.")
    gone = add_post(by=author, thread=thread, body="Une bêtise.")
    delete_post(by=author, post=gone)
    document = thread_document(thread)
    assert (document.kind, document.title, document.keywords) == ("thread", "Filmer sans équipe", ("captation",))
    assert document.body == "Qui a déjà filmé seul ?\nUn trépied suffit."
    assert document.audiences == (PUBLIC,)


def test_audiences_are_those_of_the_readers() -> None:
    network, member = NetworkFactory.create(), UserFactory.create()
    join(member, network)
    assert thread_document(thread_of(audience="members")).audiences == ("members",)
    assert thread_document(thread_of(member, network=network)).audiences == (f"network:{network.pk}", "moderators")
    sheet = draft_sheet(member)
    assert thread_document(thread_of(member, sheet=sheet)).audiences == (f"person:{member.pk}", "moderators")
