"""The page of a room: what each reader sees of it, whole or one part."""

import pytest
from django.test import Client

from events import actions as do
from tests.factories.events import occurrence_now, open_room_now
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_visitor_signs_in_first_and_an_outsider_is_refused_under_chatham() -> None:
    host, outsider = UserFactory.create(), UserFactory.create()
    occurrence = open_room_now(host, is_chatham=True)
    path = f"/ateliers/{occurrence.pk}/salle/"
    assert Client().get(path).url == f"/compte/login/?next={path}"
    assert [signed_in(person).get(path).status_code for person in (outsider, host)] == [403, 200]
    assert "La salle" not in signed_in(outsider).get(occurrence.get_absolute_url()).content.decode()
    assert signed_in(host).get("/ateliers/999/salle/").status_code == 404


def test_a_host_finds_how_to_run_the_room_and_a_reader_does_not() -> None:
    host, reader = UserFactory.create(), UserFactory.create()
    path = f"/ateliers/{open_room_now(host).pk}/salle/"
    found = [
        ["Lever la séance" in page, "Ouvrir un sondage" in page, " data-host" in page]
        for page in (signed_in(person).get(path).content.decode() for person in (host, reader))
    ]
    assert found == [[True, True, True], [False, False, False]]


def test_the_page_shows_the_room_before_it_opens_too() -> None:
    host = UserFactory.create()
    occurrence = occurrence_now(host)
    page = signed_in(host).get(f"/ateliers/{occurrence.pk}/salle/").content.decode()
    assert ('data-state="waiting"' in page, 'data-last="0"' in page, "Ouvrir la salle" in page) == (True, True, True)
    assert "La salle" in signed_in(host).get(occurrence.get_absolute_url()).content.decode()


def test_what_one_answered_and_voted_is_ones_own_view() -> None:
    host, reader = UserFactory.create(), UserFactory.create(public_name="Alix")
    occurrence = open_room_now(host)
    poll = do.open_poll(by=host, occurrence=occurrence, question="Quand ?", options=["Mardi", "Jeudi"])
    do.answer_poll(by=host, poll=poll, option=1)
    do.ask_question(by=host, occurrence=occurrence, text="Combien ?")
    do.raise_hand(by=reader, occurrence=occurrence)
    do.give_floor(by=host, occurrence=occurrence)
    do.raise_hand(by=reader, occurrence=occurrence)
    do.add_block(by=host, occurrence=occurrence, text="Un micro au bar", values={"kind": "practice"})
    path = f"/ateliers/{occurrence.pk}/salle/"
    pages = [signed_in(person).get(path).content.decode() for person in (host, reader)]
    assert ["(votre réponse)" in page for page in pages] == [True, False]
    assert ["1 · 100 %" in page for page in pages] == [True, False]
    assert ["<span data-word>Retirer ma voix</span>" in page for page in pages] == [True, False]
    assert ['id="main-levee" hidden' in page for page in pages] == [True, False]
    assert ["Un micro au bar" in page for page in pages] == [True, True]
    assert "Entrer dans la salle" in signed_in(reader).get("/ateliers/").content.decode()


def test_a_part_is_read_alone() -> None:
    host = UserFactory.create()
    occurrence = open_room_now(host)
    client = signed_in(host)
    heads = {
        "deroule": '<ol class="room-steps">',
        "file": "Personne n’attend la parole.",
        "sondages": "Aucun sondage pour l’instant.",
        "questions": "Aucune question pour l’instant.",
    }
    for part, words in heads.items():
        asked = {"HX-Request": "true", "HX-Target": part}
        answer = client.get(f"/ateliers/{occurrence.pk}/salle/", headers=asked)
        text = answer.content.decode()
        assert (words in text, "<html" in text, "HX-Target" in answer["Vary"]) == (True, False, True)


def test_a_long_queue_and_long_questions_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.api.frames.SHOWN", 1)
    host = UserFactory.create()
    occurrence = open_room_now(host, agenda=[], template="")
    for person in (host, UserFactory.create(institution=None)):
        do.raise_hand(by=person, occurrence=occurrence)
        do.ask_question(by=person, occurrence=occurrence, text="Combien ?")
    page = signed_in(host).get(f"/ateliers/{occurrence.pk}/salle/").content.decode()
    assert (page.count("et 1 autre"), "Cette séance n’a pas d’ordre du jour." in page) == (2, True)
