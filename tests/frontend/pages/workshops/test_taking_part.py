"""People take seats, propose topics, vote, and write minutes on the page, without a script."""

import pytest
from django.test import Client

from events.actions import add_block, open_thread, remove_block, save_block
from events.models import Block, Seat, Topic
from forum.actions import add_post
from forum.models import Thread
from practices.models import Sheet
from tests.factories.events import occurrence_of
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_seat_is_taken_and_left() -> None:
    occurrence = occurrence_of(seats_online=1)
    first, second = UserFactory.create(), UserFactory.create()
    path = f"/ateliers/{occurrence.pk}/place/"
    signed_in(first).post(path, {"answer": "yes"})
    signed_in(second).post(path, {"answer": "yes"})
    page = signed_in(second).get(occurrence.get_absolute_url()).content.decode()
    assert "En liste d’attente · n° 1 de la liste" in page
    signed_in(first).post(path, {"answer": "no"})
    assert Seat.objects.get(user=second).status == "going"


def test_topics_make_the_agenda() -> None:
    host, person = UserFactory.create(), UserFactory.create()
    occurrence = occurrence_of(host)
    signed_in(person).post(f"/ateliers/{occurrence.pk}/sujets/", {"title": "Le podcast du bar"})
    topic = Topic.objects.get()
    signed_in(host).post(f"/ateliers/{occurrence.pk}/sujets/{topic.pk}/")
    assert topic.votes.count() == 2
    signed_in(host).post(f"/ateliers/{occurrence.pk}/sujets/{topic.pk}/", {"off": "1"})
    assert topic.votes.count() == 1
    signed_in(host).post(f"/ateliers/{occurrence.pk}/suite/", {"agenda": "1"})
    occurrence.refresh_from_db()
    assert [step["title"] for step in occurrence.agenda] == ["Le podcast du bar"]


def test_minutes_show_both_texts_and_become_a_sheet() -> None:
    host = UserFactory.create()
    occurrence = occurrence_of(host)
    client, path = signed_in(host), f"/ateliers/{occurrence.pk}/blocs/"
    for _again in range(2):
        client.post(path, {"kind": "practice", "text": "Un micro au bar", "client_id": "x"})
    block = Block.objects.get()
    client.post(f"{path}{block.pk}/", {"revision": "1", "text": "Un micro au hall"})
    client.post(f"{path}{block.pk}/", {"revision": "1", "text": "Deux micros"})
    page = client.get(occurrence.get_absolute_url()).content.decode()
    assert ("Un micro au hall" in page, "Écrit en même temps" in page, "Deux micros" in page) == (True, True, True)
    client.post(f"{path}{block.pk}/", {"settle": "1"})
    made = client.post(f"{path}{block.pk}/", {"sheet": "1"})
    assert made["Location"] == f"/ecrire/{Sheet.objects.get().pk}/"
    client.post(f"/ateliers/{occurrence.pk}/suite/", {"review": "1"})
    page = client.get(occurrence.get_absolute_url()).content.decode()
    assert ("Écrit en même temps" in page, "Devenu la fiche" in page, "En relecture" in page) == (False, True, True)
    client.post(path, {"kind": "practice", "text": ""})
    assert Block.objects.count() == 1


def test_a_discussion_is_opened_from_the_meeting_and_leads_back() -> None:
    occurrence, person = occurrence_of(), UserFactory.create()
    client = signed_in(person)
    assert "Ouvrir la discussion" in client.get(occurrence.get_absolute_url()).content.decode()
    opened = client.post(f"/ateliers/{occurrence.pk}/discussion/")
    thread = Thread.objects.get()
    assert opened["Location"] == thread.get_absolute_url()
    assert f'href="{occurrence.get_absolute_url()}"' in client.get(thread.get_absolute_url()).content.decode()
    for n in range(4):
        add_post(by=person, thread=thread, body=f"Parole {n}")
    page = client.get(occurrence.get_absolute_url()).content.decode()
    assert [f"Parole {n}" in page for n in range(4)] == [False, True, True, True]
    assert "Ouvrir la discussion" not in page


def test_a_discussion_under_chatham_shows_nobody() -> None:
    person, other = UserFactory.create(public_name="Ludivine Carrel"), UserFactory.create()
    occurrence = occurrence_of(is_chatham=True)
    thread = open_thread(by=person, occurrence=occurrence)
    add_post(by=person, thread=thread, body="Un échec chez nous")
    page = signed_in(other).get(f"{thread.get_absolute_url()}?citer=1").content.decode()
    assert ("Une personne présente" in page, "&gt; **Une personne présente**" in page, "Carrel" in page) == (
        True,
        True,
        False,
    )
    assert ("data-react" in page, "n’est lié à personne" in page) == (False, True)
    meeting = signed_in(other).get(occurrence.get_absolute_url()).content.decode()
    assert ("Un échec chez nous" in meeting, "Carrel" in meeting) == (True, False)


def test_decisions_and_actions_are_written_with_what_is_theirs() -> None:
    person, occurrence = UserFactory.create(), occurrence_of()
    client, path = signed_in(person), f"/ateliers/{occurrence.pk}/blocs/"
    facts = {"method": "majorité", "votes_for": "7", "review_date": "2027-06-01", "due_date": "2027-05-01"}
    for kind in ("decision", "action", "tip"):
        client.post(path, facts | {"kind": kind, "text": f"Ceci : {kind}", "is_mine": "on", "votes_against": "1"})
    decision, action, tip = Block.objects.order_by("pk")
    assert [(row.method, row.votes_for, str(row.due_date), row.owner) for row in (decision, action, tip)] == [
        ("majorité", 7, "None", None),
        ("", None, "2027-05-01", person),
        ("", None, "None", None),
    ]
    page = client.get(occurrence.get_absolute_url()).content.decode()
    assert ("majorité · 7 pour, 1 contre, 0 abstentions" in page, "à revoir le 1 juin 2027" in page) == (True, True)
    assert (f"{person.public_name} s’en charge" in page, "à faire" in page) == (True, True)
    client.post(f"{path}{action.pk}/", {"revision": "1", "text": action.text, "is_done": "1"})
    action.refresh_from_db()
    assert (action.is_done, action.revision) == (True, 1)


def test_the_history_shows_each_text_and_names_only_who_agreed() -> None:
    writer = UserFactory.create(public_name="Lina Marsac", is_credited=True)
    other, occurrence = UserFactory.create(public_name="Odile Brun", is_credited=False), occurrence_of()
    page = f"/ateliers/{occurrence.pk}/compte-rendu/historique/"
    assert signed_in(other).get(page).status_code == 404
    block, _is_new = add_block(by=writer, occurrence=occurrence, text="Un micro au bar", values={})
    save_block(by=other, block=block, revision=1, text="Un micro dans le hall")
    save_block(by=other, block=block, revision=1, text="Deux micros au bar")
    remove_block(by=writer, block=block)
    shown = Client().get(page).content.decode()
    assert "<del>au bar</del><ins>dans le hall</ins>" in shown
    assert "<del>Un micro </del><ins>Deux micros </ins>au bar" in shown
    assert ("Lina Marsac" in shown, "Odile Brun" in shown, "retiré du compte rendu" in shown) == (True, False, True)
