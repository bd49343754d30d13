"""Everything that people do in a room, by forms without a script, and by the page's script."""

from typing import Any

import pytest

from events import actions as do
from events.models import Hand, Occurrence, Poll, Question, Room, Turn
from events.queries import queue_of, room_of
from tests.factories.events import occurrence_now, open_room_now
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def room(occurrence: Occurrence) -> str:
    return f"/ateliers/{occurrence.pk}/salle/"


def names(occurrence: Occurrence) -> list[str]:
    return [hand.user.public_name for hand in queue_of(room_of(occurrence))]


def test_a_room_is_opened_walked_and_closed() -> None:
    host = UserFactory.create()
    occurrence = occurrence_now(host)
    client, path = signed_in(host), room(occurrence)
    assert client.post(f"{path}ouverture/", {"open": "1"}).url == path
    steps: list[dict[str, Any]] = [{"next": "1"}, {"pause": "1"}, {"resume": "1"}, {"step": "3"}]
    seen = []
    for values in steps:
        client.post(f"{path}deroule/", values)
        found = Room.objects.get()
        seen.append((found.step, found.step_began_at is not None))
    assert seen == [(0, True), (0, False), (0, True), (3, True)]
    client.post(f"{path}ouverture/", {"close": "1"})
    assert Room.objects.get().state == "closed"


def test_hands_go_up_and_down() -> None:
    host, one, two = (UserFactory.create(public_name=name) for name in ("H", "A", "B"))
    occurrence = open_room_now(host)
    path, client = room(occurrence), signed_in(host)
    for person in (one, two):
        signed_in(person).post(f"{path}file/", {"kind": "point"})
    client.post(f"{path}file/", {"from": "2", "place": "1", "reason": "Doit partir"})
    assert names(occurrence) == ["B", "A"]
    client.post(f"{path}file/", {"balance": "house"})
    assert Room.objects.get().balance == "house"
    client.post(f"{path}parole/", {"give": ""})
    assert (Turn.objects.get().user, names(occurrence)) == (two, ["A"])
    signed_in(two).post(f"{path}parole/", {"end": "1"})
    assert Turn.objects.get().ended_at is not None
    for _n in range(2):
        signed_in(one).post(f"{path}file/", {"withdraw": "1"})
    assert names(occurrence) == []
    for person in (one, two):
        signed_in(person).post(f"{path}file/", {"kind": "fact"})
    client.post(f"{path}parole/", {"give": str(Hand.objects.get(user=two).pk)})
    client.post(f"{path}file/", {"lower": str(Hand.objects.get(user=one).pk)})
    assert names(occurrence) == []
    signed_in(one).post(f"{path}file/", {"kind": "fact"})
    client.post(f"{path}file/", {"lower": "all"})
    assert names(occurrence) == []


def test_polls_and_questions_are_opened_answered_and_closed() -> None:
    host, one = UserFactory.create(), UserFactory.create()
    occurrence = open_room_now(host)
    path, client, other = room(occurrence), signed_in(host), signed_in(one)
    client.post(f"{path}sondages/", {"question": "Quand ?", "options": "Mardi\r\nJeudi\r\n"})
    poll = Poll.objects.get()
    other.post(f"{path}sondages/{poll.pk}/", {"option": "1"})
    client.post(f"{path}sondages/{poll.pk}/", {"close": "1"})
    other.post(f"{path}questions/", {"text": "Combien ?", "client_id": "un"})
    question = Question.objects.get()
    for value in ("on", "off", "on"):
        client.post(f"{path}questions/{question.pk}/", {"vote": value})
    client.post(f"{path}questions/{question.pk}/", {"close": "1"})
    poll.refresh_from_db()
    question.refresh_from_db()
    assert (poll.options, poll.counts, question.voices) == (["Mardi", "Jeudi"], [0, 1], 2)
    assert question.answered_at is not None
    client.post(f"{path}questions/{question.pk}/", {"remove": "1"})
    assert Question.objects.count() == 0


@pytest.mark.parametrize(
    ("door", "values", "words"),
    [
        ("file/", {"kind": ""}, "Choisissez dans la liste."),
        ("file/", {"from": "1", "place": "1", "reason": "x"}, "Il n’y a personne à cette place."),
        ("file/", {"from": "un", "place": "1", "reason": "x"}, "Un nombre entier est attendu."),
        ("parole/", {"give": ""}, "Personne ne demande la parole."),
        ("sondages/", {"question": "", "options": ""}, "De 1 à 200 caractères."),
        ("questions/", {"text": ""}, "De 1 à 300 caractères."),
    ],
)
def test_a_refusal_is_said_on_the_page_and_to_its_script(door: str, values: dict[str, str], words: str) -> None:
    host = UserFactory.create()
    path, client = room(open_room_now(host)), signed_in(host)
    assert words in client.post(path + door, values, follow=True).content.decode()
    asked = client.post(path + door, values, headers={"HX-Request": "true"})
    assert (asked.content.decode(), asked["Content-Type"]) == (words, "text/plain; charset=utf-8")
    assert asked.status_code in (409, 422)


def test_a_script_gets_no_page_back_and_a_poll_needs_an_answer() -> None:
    host = UserFactory.create()
    occurrence = open_room_now(host)
    client, path = signed_in(host), room(occurrence)
    assert client.post(f"{path}file/", {"kind": "point"}, headers={"HX-Request": "true"}).status_code == 204
    poll = do.open_poll(by=host, occurrence=occurrence, question="Quand ?", options=["Mardi", "Jeudi"])
    asked = client.post(f"{path}sondages/{poll.pk}/", {}, headers={"HX-Request": "true"})
    assert (asked.status_code, asked.content.decode()) == (422, "Choisissez dans la liste.")
    assert [client.post(f"{path}{name}/999/", {}).status_code for name in ("sondages", "questions")] == [404, 404]
    assert client.post(f"{path}file/", {"lower": "999"}).status_code == 404
    assert client.get(f"{path}file/").status_code == 405


def test_minutes_written_in_the_room_lead_back_to_it() -> None:
    host = UserFactory.create()
    occurrence = open_room_now(host)
    client, path = signed_in(host), f"/ateliers/{occurrence.pk}/blocs/"
    values = {"kind": "tip", "text": "Prévenir", "client_id": "x", "room": "1"}
    assert client.post(path, values).url == f"{room(occurrence)}#compte-rendu"
    assert client.post(path, values | {"room": "1"}).status_code == 302
    assert client.post(path, {"kind": "tip", "text": "Deux", "client_id": "y"}).url == (
        f"{occurrence.get_absolute_url()}#compte-rendu"
    )
