"""The page of a post: each form one action, conflicts with both texts, history."""

import pytest
from django.test import Client

from forum.actions import add_poll, add_post, change_post
from tests.factories.forum import thread_of
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_each_deed_is_done_by_its_form() -> None:
    asker, helper = UserFactory.create(), UserFactory.create()
    thread = thread_of(asker, kind="question")
    post = add_post(by=helper, thread=thread, body="Avec un trépied.")
    asking, helping = signed_in(asker), signed_in(helper)
    here = f"/discussions/{thread.pk}/messages/2/"
    there = f"{thread.get_absolute_url()}?autour=2#m2"
    assert asking.post(f"{here}faire/react/", {"kind": "thanks"})["Location"] == there
    asking.post(f"{here}faire/accept/")
    helping.post(f"{here}faire/ask/", {"question": "Encore ?", "options": "Oui\nNon"})
    asking.post(f"{here}faire/vote/", {"options": "1"})
    post.refresh_from_db()
    thread.refresh_from_db()
    assert (post.reactions, thread.answer, post.poll.counts) == ({"thanks": 1}, post, [0, 1])
    helping.post(f"{here}faire/close-poll/")
    refused = asking.post(f"{here}faire/vote/", {"options": "0"})
    assert (refused.status_code, refused.context["refusal"]) == (409, "Ce sondage est terminé.")
    asking.post(f"{here}faire/unaccept/")
    assert helping.post(f"{here}faire/delete/")["Location"] == here
    assert "a été supprimé" in Client().get(here).content.decode()
    helping.post(f"{here}faire/restore/")
    post.refresh_from_db()
    assert post.state == "visible"
    assert asking.post(f"{here}faire/rien/").status_code == 404


def test_a_conflict_shows_both_texts() -> None:
    writer, moderator = UserFactory.create(), UserFactory.create(is_moderator=True)
    thread = thread_of()
    post = add_post(by=writer, thread=thread, body="Un chat noir")
    change_post(by=moderator, post=post, body="Un chat gris", revision=1)
    here = f"/discussions/{thread.pk}/messages/2/modifier/"
    page = signed_in(writer).post(here, {"body": "Un chien noir", "revision": "1"})
    assert (page.status_code, page.context["theirs"], page.context["body"]) == (409, "Un chat gris", "Un chien noir")
    assert page.context["revision"] == 2
    signed_in(writer).post(here, {"body": "Un chien noir", "revision": "2"})
    post.refresh_from_db()
    assert post.body == "Un chien noir"
    history = Client().get(f"/discussions/{thread.pk}/messages/2/historique/").content.decode()
    assert "<del>gris</del>" in history.replace("<del>chat gris</del>", "<del>gris</del>")
    assert history.count('class="section"') == 2


def test_a_visitor_sees_the_post_and_none_of_the_forms() -> None:
    thread = thread_of()
    add_poll(by=thread.created_by, post=thread.posts.get(), question="Encore ?", options=["Oui", "Non"])
    page = Client().get(f"/discussions/{thread.pk}/messages/1/").content.decode()
    assert 'method="post"' not in page.split("<main")[1]
    assert "Encore ?" in page


def test_a_held_post_is_released_by_a_moderator() -> None:
    thread, newcomer = thread_of(), UserFactory.create()
    add_post(by=newcomer, thread=thread, body="http://exemple.test")
    here = f"/discussions/{thread.pk}/messages/2/"
    assert Client().get(here).status_code == 404
    moderating = signed_in(UserFactory.create(is_moderator=True))
    assert "Laisser paraître" in moderating.get(here).content.decode()
    moderating.post(f"{here}faire/release/")
    assert Client().get(here).status_code == 200
