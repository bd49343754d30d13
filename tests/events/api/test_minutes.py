"""Minutes and topics through the API; under the Chatham House rule nothing anywhere says who."""

import json
import logging
from typing import Any

import pytest
from django.apps import apps
from django.core import mail

from events.actions import answer
from events.models import Occurrence
from tests.factories.api import client_of, refusal
from tests.factories.events import occurrence_of
from tests.factories.people import InstitutionFactory, UserFactory

pytestmark = pytest.mark.django_db
WRITTEN = ("topic", "topicvote", "minutes", "block", "revision", "origin", "occurrence", "series")
BLOCK = {"kind": "practice", "text": "Un micro au bar."}


def path_of(occurrence: Occurrence) -> str:
    return f"/api/v1/occurrences/{occurrence.pk}/"


def test_the_life_of_minutes() -> None:
    host, person = UserFactory.create(), UserFactory.create()
    occurrence = occurrence_of(host)
    client, path = client_of(person), path_of(occurrence)
    assert client.get(f"{path}minutes/").json()["blocks"] == []
    made = client.post(f"{path}minutes/blocks/", BLOCK | {"client_id": "x"})
    again = client.post(f"{path}minutes/blocks/", BLOCK | {"client_id": "x"})
    assert (made.status_code, again.status_code, made.json()) == (201, 200, again.json())
    block = f"{path}minutes/blocks/{made.json()['id']}/"
    assert client.patch(block, {"revision": 1, "text": "Un micro au hall."}).json()["revision"] == 2
    collided = client.patch(block, {"revision": 1, "text": "Deux micros."}).json()
    assert (collided["text"], collided["asides"]) == ("Un micro au hall.", ["Deux micros."])
    assert client.patch(block, {"revision": 2, "is_settled": True}).json()["asides"] == []
    sheet = client.post(f"{block}sheet/").json()["sheet"]
    assert client.get(f"{path}minutes/").json()["blocks"][0]["sheets"] == [sheet]
    assert client_of(host).get(f"{path}minutes/").json()["blocks"][0]["sheets"] == []
    assert refusal(client.post(f"{path}minutes/review/")) == (403, "not_allowed")
    assert client_of(host).post(f"{path}minutes/review/").json()["state"] == "review"
    text = client_of().get(f"{path}minutes.md").content.decode()
    assert "## Pratique\n\nUn micro au hall." in text
    assert client.delete(block).status_code == 204
    assert refusal(client.delete(block)) == (404, "not_found")
    assert refusal(client_of().post(f"{path}minutes/blocks/", BLOCK)) == (401, "not_authenticated")


def test_topics_are_voted_and_make_the_agenda() -> None:
    host, person = UserFactory.create(), UserFactory.create()
    occurrence = occurrence_of(host)
    path = path_of(occurrence)
    made = client_of(person).post(f"{path}topics/", {"title": "Le podcast"}).json()
    assert (made["voices"], made["is_mine"], made["by"]) == (1, True, person.public_name)
    assert client_of(host).put(f"{path}topics/{made['id']}/vote/").json()["voices"] == 2
    assert client_of(host).delete(f"{path}topics/{made['id']}/vote/").json()["is_mine"] is False
    agenda = client_of(host).put(f"{path}agenda/", {"topics": [made["id"]]}).json()["agenda"]
    assert agenda == [{"title": "Le podcast", "minutes": 20, "topic": made["id"]}]
    assert refusal(client_of(host).put(f"{path}topics/0/vote/")) == (404, "not_found")


def test_under_chatham_the_person_is_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    house = InstitutionFactory.create(name="Maison Zéphyrine", slug="maison-zephyrine")
    host, reader = UserFactory.create(), UserFactory.create()
    speaker = UserFactory.create(pk=987_654_321, public_name="Zéphyrine Qui-Parle", institution=house)
    occurrence = occurrence_of(host, is_chatham=True)
    client, path = client_of(speaker), path_of(occurrence)
    with caplog.at_level(logging.DEBUG):
        topic = client.post(f"{path}topics/", {"title": "Nos échecs"}).json()["id"]
        client_of(reader).put(f"{path}topics/{topic}/vote/")
        client.put(f"{path}topics/{topic}/vote/")
        made = client.post(f"{path}minutes/blocks/", {"kind": "failure", "text": "Personne n’est venu."}).json()
        block = f"{path}minutes/blocks/{made['id']}/"
        client.patch(block, {"revision": 1, "text": "Trois personnes sont venues."})
        client.patch(block, {"revision": 1, "text": "Quatre personnes."})
        assert refusal(client.patch(block, {"revision": 2, "owner": speaker.pk})) == (422, "invalid")
        answer(by=reader, occurrence=occurrence)
        client_of(host).post(f"{path}minutes/review/")
        said = [
            client_of(reader).get(f"{path}{door}").content.decode()
            for door in ("", "topics/", "minutes/", "minutes.md", "seats/")
        ]
        said += [client_of(reader).get(f"/api/v1/series/{occurrence.series_id}/calendar.ics").content.decode()]
        sheet = client_of(reader).post(f"{block}sheet/").json()["sheet"]
        said.append(client_of(reader).get(f"/api/v1/sheets/{sheet}/").content.decode())
    rows = json.dumps([_values(name) for name in WRITTEN], default=str, ensure_ascii=False)
    mails = "".join(message.subject + message.body for message in mail.outbox)
    told = "\n".join([rows, mails, caplog.text, *said])
    assert "Trois personnes sont venues." in told
    hidden = (speaker.public_name, speaker.email, str(speaker.pk), house.name, house.slug, "Zéphyrine")
    assert [word for word in hidden if word in told] == []


def _values(name: str) -> list[Any]:
    """Return every column of a table of what is written, and each house that it points at."""
    return list(apps.get_model("events", name).objects.values())
