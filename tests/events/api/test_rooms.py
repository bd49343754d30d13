"""A room through the API: read whole, opened, walked, closed; and what changed, told by number."""

import pytest
from django.core.cache import cache

from events import actions as do
from events.models import Event
from tests.factories.api import client_of, refusal
from tests.factories.events import occurrence_now, open_room_now
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_room_is_opened_walked_and_closed() -> None:
    host = UserFactory.create()
    path = f"/api/v1/occurrences/{occurrence_now(host).pk}/"
    client = client_of(host)
    waiting = client.get(f"{path}room/").json()
    assert (waiting["state"], waiting["last_seq"], waiting["queue"], waiting["floor"]) == ("waiting", 0, [], None)
    assert waiting["minutes"] == {"state": "open", "review_until": None, "frozen_at": None}
    assert client.get(f"{path}events/?after=0").json() == {"events": [], "last_seq": 0}
    assert client.post(f"{path}room/opening/").json()["state"] == "open"
    assert client.put(f"{path}agenda/step/").json()["step"] == 0
    clock = client.put(f"{path}agenda/step/", {"step": 3}).json()
    assert (clock["step"], clock["steps"][3]) == (3, {"title": "Débat", "minutes": 40})
    assert client.put(f"{path}agenda/pause/").json()["running_since"] is None
    assert client.delete(f"{path}agenda/pause/").json()["running_since"] is not None
    assert client_of().get(f"{path}agenda/").json()["step"] == 3
    assert client.post(f"{path}room/closure/").json()["state"] == "closed"
    told = client.get(f"{path}events/?after=0").json()
    assert [event["type"] for event in told["events"]] == [
        "room.opened", "agenda.step", "agenda.step", "agenda.paused", "agenda.resumed", "room.closed",
    ]  # fmt: skip
    assert [event["said"] for event in told["events"]] == [
        "La salle est ouverte.", "Étape : Débat", "Étape : Débat", "Le minuteur est en pause.", "Le minuteur repart.",
        "La séance est levée.",
    ]  # fmt: skip


def test_who_may_not_be_in_a_room_reads_none_of_it() -> None:
    host, outsider = UserFactory.create(), UserFactory.create()
    occurrence = open_room_now(host, is_chatham=True)
    do.raise_hand(by=host, occurrence=occurrence)
    poll = do.open_poll(by=host, occurrence=occurrence, question="Quand ?", options=["Mardi", "Jeudi"])
    question, _is_new = do.ask_question(by=host, occurrence=occurrence, text="Combien ?")
    reads = ["room/", "events/?after=0", "queue/", "polls/", "questions/"]
    for name in reads:
        assert refusal(client_of(outsider).get(f"/api/v1/occurrences/{occurrence.pk}/{name}")) == (403, "not_allowed")
        assert refusal(client_of().get(f"/api/v1/occurrences/{occurrence.pk}/{name}")) == (403, "not_allowed")
        assert refusal(client_of(host).get(f"/api/v1/occurrences/0/{name}")) == (404, "not_found")
    writes = [
        ("put", f"polls/{poll.pk}/answer/", {"option": 0}),
        ("put", f"questions/{question.pk}/vote/", {}),
        ("post", "queue/", {}),
        ("post", "questions/", {"text": "Moi ?"}),
    ]
    for method, name, body in writes:
        answer = getattr(client_of(outsider), method)(f"/api/v1/occurrences/{occurrence.pk}/{name}", body)
        assert refusal(answer) == (403, "not_allowed")


def test_what_cannot_be_told_any_more_is_said() -> None:
    host = UserFactory.create()
    occurrence = open_room_now(host)
    do.start_step(by=host, occurrence=occurrence)
    Event.objects.filter(seq=1).delete()
    path = f"/api/v1/occurrences/{occurrence.pk}/events/"
    client = client_of(host)
    assert refusal(client.get(f"{path}?after=0")) == (410, "cannot_replay")
    assert refusal(client.get(f"{path}?after=9")) == (410, "cannot_replay")
    assert refusal(client.get(path)) == (422, "invalid")
    assert [event["seq"] for event in client.get(f"{path}?after=1").json()["events"]] == [2]


@pytest.mark.parametrize(("is_chatham", "kept"), [(False, True), (True, False)])
def test_an_answer_that_may_name_people_is_not_kept_under_chatham(is_chatham: bool, kept: bool) -> None:  # noqa: FBT001 - a case
    host = UserFactory.create()
    occurrence = open_room_now(host, is_chatham=is_chatham)
    do.raise_hand(by=host, occurrence=occurrence)
    told = client_of(host).get(f"/api/v1/occurrences/{occurrence.pk}/events/?after=1").json()["events"]
    assert told[0]["said"] == f"{host.public_name} (Nouveau point) demande la parole."
    assert (cache.get(f"events:occurrence.{occurrence.pk}:1:2:fr") is not None) == kept


def test_after_a_session_under_chatham_the_room_names_nobody() -> None:
    host = UserFactory.create(public_name="Nom Secret")
    occurrence = open_room_now(host, is_chatham=True)
    do.raise_hand(by=host, occurrence=occurrence)
    do.ask_question(by=host, occurrence=occurrence, text="Combien ?")
    do.give_floor(by=host, occurrence=occurrence)
    client, path = client_of(host), f"/api/v1/occurrences/{occurrence.pk}/"
    assert "Nom Secret" in client.get(f"{path}events/?after=0").content.decode()
    do.close_room(by=host, occurrence=occurrence)
    for name in ("room/", "events/?after=0", "queue/", "polls/", "questions/"):
        assert "Nom Secret" not in client.get(path + name).content.decode()
