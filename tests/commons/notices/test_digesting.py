"""A digest is drawn up once a day, tells what waits and what is worth reading, and is never empty."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from commons.notices.actions import choose, read_all, set_rhythm, stop_by_token
from commons.notices.digesting import draw_up, send_digests
from commons.notices.models import Delivery, Digest
from commons.notices.spreading import spread
from commons.notices.stopping import stop_token
from commons.people.models import User
from forum.actions import add_post
from practices.actions import add_trial
from tests.factories.events import occurrence_of
from tests.factories.forum import thread_of
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.sheets import published_sheet, sheet_in
from tests.mail_check import faults_of_mail

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 9, 7, 5, 0, tzinfo=datetime.UTC)  # seven in Paris


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY - datetime.timedelta(days=1), tick=False) as traveller:
        yield traveller


def sent(clock: time_machine.Traveller, at: datetime.datetime = MONDAY) -> list[Any]:
    """Return what leaves at that moment, by two workers."""
    before = len(mail.outbox)
    clock.move_to(at)
    spread()
    for _worker in range(2):
        draw_up(timezone.now())
        send_digests()
    return mail.outbox[before:]


def quiet(person: User) -> User:
    """Leave a person without anything to read but what waits for them."""
    set_rhythm(by=person, digest="never")
    return person


def busy_week(person: User) -> None:
    """Let something happen for every part of this person's digest."""
    network = NetworkFactory.create(name="Réseau des scènes")
    author = UserFactory.create()
    for member in (person, author):
        join(member, network)
    adopted = sheet_in("adopted", by=author, network=network, title="Affiches à plusieurs")
    add_trial(by=UserFactory.create(), sheet=adopted, adaptation="same", outcome="worked", recommend=9)
    thread_of(kind="question", title="Qui connaît un micro <discret> ?", tags=["podcast"])
    published_sheet(by=person, title="Mon podcast", tags=["podcast"])
    start = timezone.now() + datetime.timedelta(days=3)
    occurrence_of(start=f"{start:%Y-%m-%dT14:00}", rrule="", title="Débat du mardi")


@pytest.mark.parametrize(("language", "words"), [("fr", "Votre semaine sur Commons"), ("en", "Your week on Commons")])
def test_a_digest_worth_reading(clock: time_machine.Traveller, language: str, words: str) -> None:
    person = UserFactory.create(language=language, public_name="Lise R.")
    User.objects.exclude(pk=person.pk).update(is_active=False)
    busy_week(person)
    choose(by=person, choices={"reply": (True, "weekly")})
    asked = thread_of(person, title="Ma question")
    add_post(by=UserFactory.create(), thread=asked, body="Oui.")
    (message,) = [message for message in sent(clock) if message.to == [person.email]]
    assert message.subject == f"[Commons] {words}"
    assert faults_of_mail(message.alternatives[0].content) == []
    for title in ("Affiches à plusieurs", "Ma question", "Débat du mardi", "Qui connaît un micro <discret> ?"):
        assert title in message.body
    assert "Réseau des scènes" in message.body
    assert message.extra_headers["List-Id"].endswith("<digest.127.0.0.1>")
    assert Delivery.objects.get(channel="weekly", notice__user=person).digest.user == person
    assert sent(clock, MONDAY + datetime.timedelta(hours=1)) == []


def test_no_digest_is_empty(clock: time_machine.Traveller) -> None:
    UserFactory.create()
    assert sent(clock) == []
    assert list(Digest.objects.values_list("cadence", "state")) == [("weekly", "cancelled")]


@pytest.mark.parametrize(
    ("at", "drawn"),
    [
        (MONDAY - datetime.timedelta(minutes=1), []),
        (MONDAY, ["daily", "weekly"]),
        (MONDAY + datetime.timedelta(days=1), ["daily"]),
    ],
)
def test_each_cadence_has_its_day_and_hour(clock: time_machine.Traveller, at: Any, drawn: list[str]) -> None:
    UserFactory.create()
    set_rhythm(by=UserFactory.create(), digest="daily")
    quiet(UserFactory.create())
    UserFactory.create(is_active=False)
    sent(clock, at)
    assert sorted(Digest.objects.values_list("cadence", flat=True)) == drawn


def test_what_waits_is_told_even_to_who_wants_nothing_else_to_read(clock: time_machine.Traveller) -> None:
    asker = quiet(UserFactory.create())
    choose(by=asker, choices={"reply": (True, "daily")})
    thread = thread_of(asker, title="Ma question")
    add_post(by=quiet(UserFactory.create()), thread=thread, body="Oui.")
    (message,) = sent(clock)
    assert (message.to, message.subject) == ([asker.email], "[Commons] Votre journée sur Commons")
    assert sent(clock, MONDAY + datetime.timedelta(days=1)) == []
    add_post(by=UserFactory.create(), thread=thread, body="Non.")
    spread()
    read_all(by=asker)
    assert sent(clock, MONDAY + datetime.timedelta(days=2)) == []


def test_what_comes_while_a_digest_is_written_waits_for_the_next(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker = quiet(UserFactory.create())
    choose(by=asker, choices={"reply": (True, "daily")})
    thread = thread_of(asker)
    add_post(by=quiet(UserFactory.create()), thread=thread, body="Oui.")

    class SlowBackend(EmailBackend):
        def send_messages(self, messages: Any) -> int:
            if not mail.outbox:
                clock.shift(1)
                add_post(by=quiet(UserFactory.create()), thread=thread, body="Encore ceci.")
                spread()
            return super().send_messages(messages)

    monkeypatch.setattr("commons.notices.posting.get_connection", SlowBackend)
    tomorrow = sent(clock), sent(clock, MONDAY + datetime.timedelta(days=1))
    said = ["« Filmer sans équipe »" in str(message.body) for messages in tomorrow for message in messages]
    assert (said, list(Delivery.objects.filter(channel="daily").values_list("state", flat=True))) == (
        [True, True],
        ["sent"],
    )


def test_who_lost_access_reads_nothing_of_it(clock: time_machine.Traveller) -> None:
    network, asker, writer = NetworkFactory.create(), quiet(UserFactory.create()), quiet(UserFactory.create())
    membership = join(asker, network)
    join(writer, network)
    choose(by=asker, choices={"reply": (True, "daily")})
    add_post(by=writer, thread=thread_of(asker, network=network), body="Entre nous.")
    spread()
    membership.delete()
    assert sent(clock) == []


def test_quiet_hours_hold_a_digest_back(clock: time_machine.Traveller) -> None:
    person = UserFactory.create()
    set_rhythm(by=person, digest="daily", quiet_from=datetime.time(22), quiet_until=datetime.time(9))
    start = f"{MONDAY + datetime.timedelta(days=1):%Y-%m-%dT14:00}"
    occurrence_of(quiet(UserFactory.create()), start=start, rrule="")
    assert sent(clock) == []
    assert len(sent(clock, MONDAY + datetime.timedelta(hours=2))) == 1


def test_words_that_fail_are_tried_again(clock: time_machine.Traveller) -> None:
    asker = quiet(UserFactory.create())
    choose(by=asker, choices={"reply": (True, "daily")})
    add_post(by=quiet(UserFactory.create()), thread=thread_of(asker), body="Oui.")
    spread()
    asker.notices.update(detail="not a number")
    assert sent(clock) == []
    assert list(Digest.objects.values_list("state", "attempts")) == [("waiting", 1)]


def test_its_link_stops_it_and_whatever_would_bring_it_back(clock: time_machine.Traveller) -> None:
    asker = UserFactory.create()
    choose(by=asker, choices={"reply": (True, "daily"), "trial": (True, "mail")})
    stop_by_token(stop_token(asker.pk, "digest"))
    add_post(by=quiet(UserFactory.create()), thread=thread_of(asker), body="Oui.")
    assert sent(clock) == []
    assert Digest.objects.filter(user=asker).count() == 0
