"""Everybody is told once: under two workers, a crash of the mail server, a moved and a cancelled meeting."""

import datetime
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as LocMemBackend
from django.db import connections, transaction
from django.utils import timezone

from commons.notices.delivering import deliver
from commons.notices.models import Notice
from commons.notices.spreading import spread
from commons.people.models import User
from events.actions import (
    add_block,
    answer,
    change_occurrence,
    note_due,
    postpone_unconfirmed,
    remove_block,
    save_block,
    set_facilitators,
    set_status,
    tell_due,
    tell_noted,
)
from events.models import Block, Occurrence, Series, Told
from tests.factories.events import occurrence_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
START = datetime.datetime(2026, 10, 13, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    settings.NOTICE_DELAY_SECONDS = 0.0


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime.datetime(2026, 9, 1, 10, tzinfo=datetime.UTC), tick=False) as traveller:
        yield traveller


def meeting(host: User | None = None, **values: object) -> Occurrence:
    given = {"start": "2026-10-13T14:00", "rrule": "", "join_link": "https://visio.example/x"}
    return occurrence_of(host, **given | values)


def tick() -> list[tuple[str, str]]:
    """Run two workers; return who was sent what."""
    before = len(mail.outbox)
    for _worker in range(2):
        note_due(now=timezone.now())
    for _worker in range(2):
        tell_noted()
        spread()
        deliver()
    return [(message.to[0], message.subject.rsplit(" : ", 1)[1]) for message in mail.outbox[before:]]


def test_each_reminder_leaves_once_when_its_time_comes(clock: time_machine.Traveller) -> None:
    person = UserFactory.create()
    occurrence = meeting()
    answer(by=person, occurrence=occurrence)
    told = {}
    for hours in (-24 * 8, -24 * 7, -24 * 6, -24, -23, -1, -0.5, 1, 24, 26, 48, 24 * 7):
        clock.move_to(START + datetime.timedelta(hours=hours))
        if sent := tick():
            told[hours] = sent
    assert told == {
        -24 * 7: [(person.email, "Dans une semaine")],
        -24: [(person.email, "Demain")],
        -1: [(person.email, "Dans une heure")],
        26: [(person.email, "Votre trace")],
    }
    assert ["visio.example" in message.body for message in mail.outbox] == [False, True, True, False]


def test_who_answers_late_is_told_of_the_nearest_only(clock: time_machine.Traveller) -> None:
    occurrence = meeting()
    clock.move_to(START - datetime.timedelta(hours=20))
    person = UserFactory.create()
    answer(by=person, occurrence=occurrence, answer="maybe")
    assert tick() == [(person.email, "Demain")]


def test_a_moved_meeting_is_told_of_again_a_cancelled_one_never(clock: time_machine.Traveller) -> None:
    host, person = UserFactory.create(), UserFactory.create()
    occurrence = meeting(host)
    answer(by=person, occurrence=occurrence)
    clock.move_to(START - datetime.timedelta(days=1))
    assert tick() == [(person.email, "Demain")]
    change_occurrence(by=host, occurrence=occurrence, values={"start": "2026-10-16T14:00"})
    assert tick() == [(person.email, "Dans une semaine")]
    note_due(now=timezone.now())
    clock.move_to(START + datetime.timedelta(days=2))
    note_due(now=timezone.now())
    set_status(by=host, occurrence=occurrence, status="cancelled")
    assert (tick(), Told.objects.filter(sent_at=None).count()) == ([], 0)


def test_a_crash_loses_and_doubles_nothing(clock: time_machine.Traveller) -> None:
    person = UserFactory.create()
    answer(by=person, occurrence=meeting())
    clock.move_to(START - datetime.timedelta(days=1))
    note_due(now=timezone.now())
    with transaction.atomic():  # the worker is killed before it commits
        assert tell_noted() == 1
        transaction.set_rollback(True)
    assert (tell_noted(), tell_noted()) == (1, 0)
    assert tick() == [(person.email, "Demain")]
    assert tick() == []


class KilledWorker(LocMemBackend):
    """Ends the worker at its third mail, as a kill would: nothing of the worker's runs after it."""

    left = 2

    def send_messages(self, messages: Any) -> int:
        """Send two mails, then end."""
        if not KilledWorker.left:
            raise KeyboardInterrupt
        KilledWorker.left -= 1
        return int(super().send_messages(messages))


def work(_number: int) -> None:
    """Do what a worker does each minute."""
    try:
        note_due(now=timezone.now())
        tell_noted()
        spread()
        deliver()
    finally:
        connections.close_all()


def by_two_workers() -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))


def sent_since(number: int) -> Counter[tuple[str, str]]:
    return Counter((message.to[0], message.subject.rsplit(" : ", 1)[1]) for message in mail.outbox[number:])


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_one_killed_and_a_moved_meeting_tell_each_person_once(
    clock: time_machine.Traveller, settings: Any
) -> None:
    host, people = UserFactory.create(), UserFactory.create_batch(12)
    occurrence = meeting(host)
    for person in people:
        answer(by=person, occurrence=occurrence)
    everybody = Counter((person.email, "Demain") for person in people)
    clock.move_to(START - datetime.timedelta(days=1))
    settings.EMAIL_BACKEND = f"{__name__}.KilledWorker"
    with pytest.raises(KeyboardInterrupt):
        work(0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    by_two_workers()
    clock.shift(datetime.timedelta(hours=1))  # the lease of the dead worker has ended
    by_two_workers()
    assert sent_since(0) == everybody
    change_occurrence(by=host, occurrence=occurrence, values={"start": "2026-10-14T14:00"})
    clock.move_to(START)
    by_two_workers()
    assert sent_since(len(people)) == everybody


def test_who_says_no_or_leaves_is_left_alone(clock: time_machine.Traveller) -> None:
    person = UserFactory.create()
    occurrence = meeting()
    answer(by=person, occurrence=occurrence)
    clock.move_to(START - datetime.timedelta(days=1))
    note_due(now=timezone.now())
    answer(by=person, occurrence=occurrence, answer="no")
    assert tick() == []


@pytest.mark.usefixtures("clock")
def test_a_promoted_person_is_told(django_capture_on_commit_callbacks: object) -> None:
    first, second = UserFactory.create(), UserFactory.create()
    occurrence = meeting(seats_online=1)
    answer(by=first, occurrence=occurrence)
    answer(by=second, occurrence=occurrence)
    with django_capture_on_commit_callbacks(execute=True):
        answer(by=first, occurrence=occurrence, answer="no")
    assert tick() == [(second.email, "Une place s’est libérée")]


def test_facilitators_are_asked_then_the_meeting_is_postponed(clock: time_machine.Traveller) -> None:
    host, friend, person = UserFactory.create(), UserFactory.create(), UserFactory.create()
    occurrence = meeting(host, needs_confirmation=True)
    set_facilitators(by=host, series=occurrence.series, people=[friend.pk])
    answer(by=person, occurrence=occurrence)
    clock.move_to(START - datetime.timedelta(days=10))
    assert tick() == [(host.email, "À confirmer")]
    clock.move_to(START - datetime.timedelta(days=5))
    assert sorted(who for who, what in tick() if what == "Toujours à confirmer") == sorted([host.email, friend.email])
    clock.move_to(START - datetime.timedelta(days=3))
    postpone_unconfirmed(now=timezone.now())
    assert sorted(tick()) == sorted((who.email, "Reporté") for who in (host, friend, person))


def test_who_took_something_on_is_told_the_day_before_it_is_due(clock: time_machine.Traveller) -> None:
    host, owner = UserFactory.create(), UserFactory.create()
    occurrence = meeting(host)
    clock.move_to(START + datetime.timedelta(days=1))
    due = datetime.date(2026, 10, 20)
    values = {"kind": "action", "owner": owner.pk, "due_date": due.isoformat()}
    block, _is_new = add_block(by=host, occurrence=occurrence, text="Prêter le kit son", values=values)
    assert (tell_due(today=due), tell_due(today=due - datetime.timedelta(days=1))) == (0, 1)
    spread()
    deliver()
    (message,) = mail.outbox
    words = "[Commons] À faire pour bientôt, décidé à « Débat du mardi »"
    assert (message.to, message.subject) == ([owner.email], words)
    assert "Prêter le kit son\n20 octobre 2026" in str(message.body)
    Notice.objects.all().delete()
    tell_due(today=due - datetime.timedelta(days=1))
    Block.objects.filter(pk=block.pk).update(is_done=True)
    spread()
    assert (deliver(), len(mail.outbox)) == (0, 1)


def test_a_decision_is_looked_at_again_on_its_day(clock: time_machine.Traveller) -> None:
    host, friend, person = UserFactory.create(), UserFactory.create(), UserFactory.create()
    occurrence = meeting(host, timezone="Indian/Reunion")
    set_facilitators(by=host, series=occurrence.series, people=[friend.pk])
    clock.move_to(START)
    for day in ("2027-01-15", "2027-01-15", "2027-02-01"):
        decision = {"kind": "decision", "review_date": datetime.date.fromisoformat(day)}
        block, _is_new = add_block(by=person, occurrence=occurrence, text="Micro partagé", values=decision)
    remove_block(by=person, block=block)
    told = {}
    for moment in ("2027-01-15T03:59:00Z", "2027-01-15T04:00:00Z", "2027-01-16T04:00:00Z", "2027-02-01T12:00:00Z"):
        clock.move_to(datetime.datetime.fromisoformat(moment))
        told[moment[:16]] = sorted(tick())
    expected = sorted((who.email, "Une décision à revoir") for who in (host, friend))
    assert list(told.values()) == [[], expected, [], []]


def test_a_decision_moved_to_another_day_is_told_of_then(clock: time_machine.Traveller) -> None:
    host = UserFactory.create()
    occurrence = meeting(host)
    decision = {"kind": "decision", "review_date": datetime.date(2026, 12, 1)}
    block, _is_new = add_block(by=host, occurrence=occurrence, text="Micro partagé", values=decision)
    clock.move_to(datetime.datetime(2026, 12, 1, 7, tzinfo=datetime.UTC))
    note_due(now=timezone.now())
    save_block(by=host, block=block, revision=1, values={"review_date": datetime.date(2026, 12, 3)})
    assert tick() == []
    clock.move_to(datetime.datetime(2026, 12, 3, 7, tzinfo=datetime.UTC))
    assert tick() == [(host.email, "Une décision à revoir")]


def test_a_series_whose_opener_left_asks_who_facilitates(clock: time_machine.Traveller) -> None:
    host, friend = UserFactory.create(), UserFactory.create()
    occurrence = meeting(host, needs_confirmation=True)
    set_facilitators(by=host, series=occurrence.series, people=[friend.pk])
    Series.objects.update(created_by=None)
    clock.move_to(START - datetime.timedelta(days=10))
    assert tick() == [(friend.email, "À confirmer")]
