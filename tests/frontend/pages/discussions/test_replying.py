"""What one writes in a thread and keeps of it: nothing that was typed is lost."""

import pytest
from django.test import Client

from forum.actions import close_thread, order_thread
from forum.models import Draft
from tests.factories.forum import thread_of
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db


def test_a_reply_sent_twice_is_posted_once() -> None:
    thread, writer = thread_of(), UserFactory.create()
    client = signed_in(writer)
    sent = {"body": "Oui, *deux* fois.", "client_id": "un", "parent": str(thread.posts.get().pk)}
    for _ in range(2):
        answer = client.post(f"/discussions/{thread.pk}/messages/repondre/", sent)
        assert answer["Location"] == f"{thread.get_absolute_url()}?autour=2#m2"
    post = thread.posts.get(seq=2)
    assert (thread.posts.count(), post.author, post.parent.seq) == (2, writer, 1)


def test_what_is_refused_stays_in_the_box_and_on_the_server() -> None:
    thread, writer = thread_of(), UserFactory.create()
    close_thread(by=thread.created_by, thread=thread)
    slow = thread_of()
    order_thread(by=UserFactory.create(is_moderator=True), thread=slow, slow_seconds=600)
    client = signed_in(writer)
    refused = client.post(f"/discussions/{thread.pk}/messages/repondre/", {"body": "Trop tard"})
    assert (refused.status_code, refused.context["reply"].body) == (409, "Trop tard")
    client.post(f"/discussions/{slow.pk}/messages/repondre/", {"body": "Un"})
    again = client.post(f"/discussions/{slow.pk}/messages/repondre/", {"body": "Deux"})
    assert again.status_code == 429
    assert '<p class="errorlist">Un message toutes les 600 secondes ici' in again.content.decode()
    assert ">Deux</textarea>" in again.content.decode()
    drafts = dict(Draft.objects.values_list("thread_id", "body"))
    assert drafts == {thread.pk: "Trop tard", slow.pk: "Deux"}
    assert ">Deux</textarea>" in client.get(slow.get_absolute_url()).content.decode()


def test_a_preview_keeps_the_text_with_and_without_htmx() -> None:
    thread = thread_of()
    client, here = signed_in(UserFactory.create()), f"/discussions/{thread.pk}/messages/repondre/"
    whole = client.post(here, {"body": "**Gras**", "preview": "1"}).content.decode()
    assert "<strong>Gras</strong>" in whole
    assert ">**Gras**</textarea>" in whole
    part = client.post(here, {"body": "**Gras**", "preview": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "<strong>Gras</strong>" in part
    assert (
        client.post(here, {"body": "Plus tard"}, headers={"X-Autosave": "1"}).status_code,
        thread.posts.count(),
    ) == (
        204,
        1,
    )
    assert Draft.objects.get().body == "Plus tard"


def test_a_quote_is_ready_in_the_box() -> None:
    thread = thread_of(UserFactory.create(public_name="Ana"), body="Un\n\nDeux")
    page = signed_in(UserFactory.create()).get(f"{thread.get_absolute_url()}?autour=1&citer=1")
    reply = page.context["reply"]
    assert (reply.body, reply.parent) == ("> **Ana**\n>\n> Un\n>\n> Deux\n\n", thread.posts.get().pk)


def test_following_saving_and_reading_are_three_things() -> None:
    thread, reader = thread_of(), UserFactory.create()
    client, here = signed_in(reader), f"/discussions/{thread.pk}/fil/garder/"
    for sent, kept in (
        ({"level": "watching"}, ("watching", False, 0)),
        ({"saved": "1"}, ("watching", True, 0)),
        ({"read": "1"}, ("watching", True, 1)),
        ({"saved": "0"}, ("watching", False, 1)),
    ):
        assert client.post(here, sent)["Location"] == thread.get_absolute_url()
        follow = reader.follows.get()
        assert (follow.level, follow.saved_at is not None, follow.last_read_seq) == kept


def test_a_hidden_thread_takes_nothing() -> None:
    network, member = NetworkFactory.create(), UserFactory.create()
    join(member, network)
    thread = thread_of(member, network=network)
    client = signed_in(UserFactory.create())
    for path in ("messages/repondre/", "fil/garder/", "messages/1/faire/react/", "messages/1/modifier/"):
        assert client.post(f"/discussions/{thread.pk}/{path}", {"body": "x"}).status_code == 404
        assert Client().post(f"/discussions/{thread.pk}/{path}").status_code == 302
    for path in ("messages/1/", "messages/1/historique/", "messages/choisir/", "fil/regler/"):
        assert client.get(f"/discussions/{thread.pk}/{path}").status_code == 404
    assert thread.posts.count() == 1
