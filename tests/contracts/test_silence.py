"""Whoever is silenced or suspended reads, and is refused by every app's writing rules with one clear sentence."""

from collections.abc import Callable

import pytest

from commons.errors import NotAllowed, NotFound
from commons.people.actions import add_institution
from commons.people.models import User
from commons.permissions import require
from events.actions import propose_topic
from forum import actions as forum
from forum.models import Thread
from practices.actions import add_trial, create_sheet
from tests.factories.api import client_of, refusal
from tests.factories.events import occurrence_of, series_of
from tests.factories.forum import posts_in, thread_of
from tests.factories.moderation import silence, suspend
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db

WRITES: dict[str, Callable[[User, Thread], object]] = {
    "add_thread": lambda by, _thread: forum.add_thread(by=by, title="Un titre", body="Un texte"),
    "add_post": lambda by, thread: forum.add_post(by=by, thread=thread, body="Un mot"),
    "react": lambda by, thread: forum.react(by=by, post=posts_in(thread, 1)[0], kind="thanks"),
    "create_sheet": lambda by, _thread: create_sheet(by=by, values={"kind": "practice", "title": "Une fiche"}),
    "add_trial": lambda by, _thread: add_trial(
        by=by, sheet=published_sheet(), adaptation="same", outcome="worked", recommend=8
    ),
    "create_series": lambda by, _thread: series_of(by),
    "propose_topic": lambda by, _thread: propose_topic(by=by, occurrence=occurrence_of(), title="Le son"),
    "add_institution": lambda by, _thread: add_institution(by=by, values={"name": "Le Pont", "type": "theatre"}),
}


@pytest.mark.parametrize("bar", [silence, suspend], ids=["silence", "suspension"])
@pytest.mark.parametrize("name", WRITES)
def test_every_apps_writes_are_refused_with_the_sentence(name: str, bar: Callable[[User], object]) -> None:
    person, thread = UserFactory.create(), thread_of()
    bar(person)
    with pytest.raises(NotAllowed) as refused:
        WRITES[name](person, thread)
    assert (refused.value.code, refused.value.message) == ("barred", person.barred_words)


def test_a_silenced_person_reads_on_and_keeps_their_own_things() -> None:
    person, network = UserFactory.create(), NetworkFactory.create()
    join(person, network)
    thread = thread_of(network=None)
    silence(person)
    client = client_of(person)
    assert client.get(f"/api/v1/threads/{thread.pk}/posts/").status_code == 200
    assert client.put(f"/api/v1/threads/{thread.pk}/reads/", {"seq": 1}, format="json").status_code == 200
    refused = client.post(f"/api/v1/threads/{thread.pk}/posts/", {"body": "Un mot"}, format="json")
    assert refusal(refused) == (403, "barred")
    assert refused.json()["detail"] == person.barred_words


def test_a_suspended_person_reads_what_a_visitor_reads() -> None:
    network, person = NetworkFactory.create(), UserFactory.create()
    for member in (person, writer := UserFactory.create()):
        join(member, network)
    inside, open_to_all = thread_of(writer, network=network), thread_of()
    client = client_of(person)
    assert client.get(f"/api/v1/threads/{inside.pk}/").status_code == 200
    suspend(person)
    assert refusal(client.get(f"/api/v1/threads/{inside.pk}/")) == (404, "not_found")
    assert client.get(f"/api/v1/threads/{open_to_all.pk}/").status_code == 200
    with pytest.raises(NotFound):
        forum.add_post(by=person, thread=inside, body="Un mot")


def test_what_a_silence_does_not_bar_is_refused_as_to_anybody() -> None:
    person = UserFactory.create()
    silence(person)
    with pytest.raises(NotAllowed) as refused:
        require(person, "people.add_network")
    assert refused.value.code == "not_allowed"
