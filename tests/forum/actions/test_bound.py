"""A bound thread follows its owner and nobody else; in an anonymous one, who says what is written nowhere."""

import dataclasses
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from commons.errors import CommonsError, Conflict, Invalid, NotAllowed, TooMany
from commons.people.models import Network, User
from forum.actions import (
    add_poll,
    add_post,
    align_bound_thread,
    change_post,
    change_thread,
    delete_post,
    draft_sheet,
    follow_thread,
    merge_thread,
    move_thread,
    open_bound_thread,
    order_thread,
    react,
    save_draft,
    split_thread,
)
from forum.actions.bound import Binding
from forum.models import Birth, Draft, Event, Follow, Post, Thread
from forum.queries import threads_by_activity, threads_visible_to
from forum.search import thread_document
from tests.factories.forum import thread_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join

pytestmark = pytest.mark.django_db


def bound(network: Network | None = None, **facts: Any) -> tuple[Thread, Binding]:
    binding = Binding(title="Débat, 13/10/2026", audience="network" if network else "public", network=network)
    binding = dataclasses.replace(binding, **facts)
    return open_bound_thread(binding), binding


def code_of(call: Any, **given: Any) -> str:
    with pytest.raises(CommonsError) as caught:
        call(**given)
    return caught.value.code


def test_guests_read_a_networks_bound_thread_and_are_findable_by_the_same() -> None:
    network, guest, stranger = NetworkFactory.create(), UserFactory.create(), UserFactory.create()
    member = UserFactory.create()
    join(member, network)
    thread, binding = bound(network, guests=[guest.pk])
    readers: list[Any] = [guest, member, stranger, AnonymousUser(), UserFactory.create(is_moderator=True)]
    assert [thread in threads_visible_to(reader) for reader in readers] == [True, True, False, False, True]
    assert [reader.has_perm("forum.view_thread", thread) for reader in readers] == [True, True, False, False, True]
    assert thread_document(thread).audiences == (f"network:{network.pk}", f"person:{guest.pk}", "moderators")
    align_bound_thread(thread, dataclasses.replace(binding, audience="members"))
    thread.refresh_from_db()
    assert [thread in threads_visible_to(reader) for reader in readers] == [True, True, True, False, True]
    assert list(thread.guests.all()) == []
    align_bound_thread(thread, dataclasses.replace(binding, audience="members"))
    assert Event.objects.filter(thread=thread).count() == 1


def test_an_empty_bound_thread_is_in_no_list() -> None:
    thread, _binding = bound()
    assert list(threads_by_activity(Thread.objects.all())) == []
    add_post(by=UserFactory.create(), thread=thread, body="Bonjour")
    assert list(threads_by_activity(Thread.objects.all())) == [thread]


def test_only_the_owner_decides_of_a_bound_thread() -> None:
    network = NetworkFactory.create()
    curator = curator_of(network, is_moderator=True)
    thread, _binding = bound(network)
    first, second = (add_post(by=curator, thread=thread, body=body) for body in ("un", "deux"))
    other = thread_of(curator, network=network)
    for call, given in (
        (change_thread, {"values": {"title": "Autre"}}),
        (change_thread, {"values": {"audience": "public"}}),
        (move_thread, {"network": None}),
        (merge_thread, {"into": other}),
        (split_thread, {"posts": [second], "title": "À part"}),
    ):
        assert code_of(call, by=curator, thread=thread, **given) == "bound"
    assert code_of(merge_thread, by=curator, thread=other, into=thread) == "bound"
    same = {"title": thread.title, "kind": thread.kind, "audience": thread.audience, "tags": ["débat"]}
    changed = change_thread(by=curator, thread=thread, values=same)
    assert [tag.name for tag in changed.tags.all()] == ["débat"]
    assert delete_post(by=curator, post=first).state == "deleted"


def test_an_anonymous_thread_writes_nobody_down(settings: Any) -> None:
    person, other = UserFactory.create(), UserFactory.create()
    thread, _binding = bound(is_anonymous=True)
    post = add_post(by=person, thread=thread, body="Chez nous, cela a échoué.", client_id=f"{person.pk}-abc")
    again = add_post(by=person, thread=thread, body="Chez nous, cela a échoué.", client_id=f"{person.pk}-abc")
    assert (again.pk, post.author_id, len(post.client_id), Post.objects.count()) == (post.pk, None, 64, 1)
    assert save_draft(by=person, thread=thread, body="un brouillon") is None
    assert (Draft.objects.count(), Follow.objects.count()) == (0, 0)
    for reader in (person, other):
        with pytest.raises(NotAllowed):
            react(by=reader, post=post, kind="thanks")
        with pytest.raises(NotAllowed):
            change_post(by=reader, post=post, body="autre", revision=1)
    moderator = UserFactory.create(is_moderator=True)
    with pytest.raises(Conflict):
        add_poll(by=moderator, post=post, question="Qui ?", options=["moi", "toi"])
    assert change_post(by=moderator, post=post, body="Cela a échoué.", revision=1).revisions.get().by is None
    sheet = draft_sheet(by=other, thread=thread, posts=[post], title="Un échec")
    assert (sheet.confidentiality, sheet.content.get("authors", [])) == ("chatham", [])
    assert Birth.objects.get().by is None
    settings.POSTS_PER_MINUTE = 2
    add_post(by=person, thread=thread, body="deux")
    with pytest.raises(TooMany):
        add_post(by=person, thread=thread, body="trois")


def test_slow_mode_holds_without_a_name() -> None:
    person, moderator = UserFactory.create(), UserFactory.create(is_moderator=True)
    thread, _binding = bound(is_anonymous=True)
    order_thread(by=moderator, thread=thread, slow_seconds=60)
    add_post(by=person, thread=thread, body="un")
    assert code_of(add_post, by=person, thread=thread, body="deux") == "slow_mode"
    for body in ("trois", "quatre"):
        add_post(by=moderator, thread=thread, body=body)


def test_a_thread_that_becomes_anonymous_stays_so_and_forgets_drafts() -> None:
    person = UserFactory.create()
    thread, binding = bound()
    save_draft(by=person, thread=thread, body="un brouillon")
    align_bound_thread(thread, dataclasses.replace(binding, is_anonymous=True))
    align_bound_thread(thread, binding)
    thread.refresh_from_db()
    assert (thread.is_anonymous, Draft.objects.count()) == (True, 0)


def test_levels_of_a_bound_thread_are_chosen_as_of_any() -> None:
    person: User = UserFactory.create()
    thread, _binding = bound()
    assert follow_thread(by=person, thread=thread, level="muted").level == "muted"
    with pytest.raises(Invalid):
        follow_thread(by=person, thread=thread, level="loudly")
