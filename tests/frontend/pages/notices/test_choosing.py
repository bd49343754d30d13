"""The page of choices, and following or muting from where one is."""

import datetime
import html
import re

import pytest
from django.test import Client

from commons.notices.kinds import kinds
from commons.notices.queries import choices_of, rhythm_of, stance
from commons.people.models import User
from tests.factories.people import NetworkFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return UserFactory.create()


@pytest.fixture
def client(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_page_shows_each_kind_with_its_own_way(client: Client) -> None:
    page = client.get("/notifications/choix/").content.decode()
    owed = [str(kind.label) for kind in kinds().values() if kind.is_owed]
    assert page.count('type="checkbox" name="app-') == len(kinds()) - len(owed)
    (always,) = re.findall(r"Ce qui vous est toujours dit.*?</ul>", page, re.DOTALL)
    assert [html.unescape(label) for label in re.findall("<li>(.*?)</li>", always)] == owed != []
    assert '<option value="mail" selected>' in page


def test_choices_rhythm_and_language_are_kept(client: Client, person: User) -> None:
    sent = {"app-reply": "on", "mail-reply": "daily", "digest": "never", "language": "en"}
    sent |= {"quiet_from": "21:00", "quiet_until": "07:30"}
    assert client.post("/notifications/choix/", sent).headers["Location"] == "/notifications/choix/"
    person.refresh_from_db()
    rhythm = rhythm_of(person)
    assert {row.kind.code: (row.in_app, row.mail) for row in choices_of(person)} == {
        code: (True, "daily") if code == "reply" else (False, "") for code, kind in kinds().items() if not kind.is_owed
    }
    assert (rhythm.digest, rhythm.quiet_from, person.language) == ("never", datetime.time(21), "en")


def test_a_refused_choice_says_why_and_keeps_nothing(client: Client, person: User) -> None:
    sent = {"digest": "daily", "language": "fr", "quiet_from": "21:00"}
    assert "Donnez les deux heures, ou aucune." in client.post("/notifications/choix/", sent).content.decode()
    assert client.post("/notifications/choix/", {"digest": "often"}).status_code == 200
    assert rhythm_of(person).pk is None


def test_following_and_muting_come_back_to_where_one_was(client: Client, person: User) -> None:
    network = NetworkFactory.create(name="Réseau des scènes")
    subject = f"network:{network.pk}"
    answer = client.post("/notifications/suivre/", {"subject": subject, "level": "followed", "next": "/reseaux/"})
    assert (answer.headers["Location"], stance(person, subject)) == ("/reseaux/", "followed")
    assert "Réseau des scènes" in client.get("/notifications/choix/").content.decode()
    client.post("/notifications/suivre/", {"subject": subject, "level": "muted", "next": "https://ailleurs.example/"})
    assert stance(person, subject) == "muted"
    answer = client.post("/notifications/suivre/", {"subject": subject, "level": "", "next": "//ailleurs.example/"})
    assert (answer.headers["Location"], stance(person, subject)) == ("/notifications/choix/", "")


def test_what_closed_can_still_be_let_go(client: Client, person: User) -> None:
    network = NetworkFactory.create(name="Réseau fermé depuis")
    subject = f"network:{network.pk}"
    client.post("/notifications/suivre/", {"subject": subject, "level": "followed"})
    network.delete()
    page = client.get("/notifications/choix/").content.decode()
    assert "Ne vous est plus ouvert" in page
    client.post("/notifications/suivre/", {"subject": subject, "level": ""})
    assert person.followed_subjects.count() == 0
