"""Seats go in order: on site and online apart, promoted once each, claimed in time or given on."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from commons.errors import Conflict, Invalid, NotFound
from commons.people.models import User
from events.actions import (
    answer,
    change_occurrence,
    change_series,
    mark_attendance,
    release_unclaimed,
    set_status,
)
from events.models import Occurrence, Seat
from events.queries import position_of, seat_counts
from tests.factories.events import occurrence_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db


def people(count: int) -> list[User]:
    return UserFactory.create_batch(count)


def statuses(occurrence: Occurrence) -> list[tuple[str, int | None]]:
    seats = Seat.objects.filter(occurrence=occurrence).order_by("pk")
    return [(seat.status, position_of(seat)) for seat in seats]


def test_seats_then_the_waiting_list_in_order() -> None:
    occurrence = occurrence_of(seats_online=2)
    for person in people(4):
        answer(by=person, occurrence=occurrence)
    assert statuses(occurrence) == [("going", None), ("going", None), ("waiting", 1), ("waiting", 2)]
    assert seat_counts(occurrence) == {
        "onsite": {"going": 0, "waiting": 0, "capacity": None},
        "online": {"going": 2, "waiting": 2, "capacity": 2},
    }


def test_who_leaves_makes_room_for_the_first_in_the_list() -> None:
    occurrence = occurrence_of(seats_online=1)
    first, second, third = people(3)
    for person in (first, second, third):
        answer(by=person, occurrence=occurrence)
    assert answer(by=first, occurrence=occurrence, answer="no").status == "none"
    assert statuses(occurrence) == [("none", None), ("going", None), ("waiting", 1)]
    assert answer(by=first, occurrence=occurrence).status == "waiting"
    assert statuses(occurrence) == [("waiting", 2), ("going", None), ("waiting", 1)]


def test_answering_yes_again_changes_nothing() -> None:
    occurrence = occurrence_of(seats_online=1)
    first, second = people(2)
    answer(by=first, occurrence=occurrence)
    answer(by=second, occurrence=occurrence)
    assert answer(by=first, occurrence=occurrence).status == "going"
    assert position_of(answer(by=second, occurrence=occurrence)) == 1


def test_more_seats_promote_in_order_once_each() -> None:
    host = UserFactory.create()
    occurrence = occurrence_of(host, seats_online=1)
    for person in people(5):
        answer(by=person, occurrence=occurrence)
    change_occurrence(by=host, occurrence=occurrence, values={"seats_online": 3})
    assert [status for status, _position in statuses(occurrence)] == ["going"] * 3 + ["waiting"] * 2
    assert Seat.objects.exclude(promoted_at=None).count() == 2
    change_occurrence(by=host, occurrence=occurrence, values={"seats_online": None})
    change_series(by=host, series=occurrence.series, values={"seats_online": 4})
    assert [status for status, _position in statuses(occurrence)] == ["going"] * 4 + ["waiting"]


def test_on_site_and_online_are_counted_apart() -> None:
    occurrence = occurrence_of(format="hybrid", seats_onsite=1, seats_online=1)
    first, second, third = people(3)
    assert answer(by=first, occurrence=occurrence, mode="onsite").status == "going"
    assert answer(by=second, occurrence=occurrence, mode="onsite").status == "waiting"
    assert answer(by=third, occurrence=occurrence, mode="online").status == "going"
    assert answer(by=first, occurrence=occurrence, mode="online").status == "waiting"
    assert statuses(occurrence) == [("waiting", 1), ("going", None), ("going", None)]


def test_an_unclaimed_seat_goes_on_and_a_claimed_one_stays() -> None:
    with time_machine.travel(datetime.datetime(2026, 9, 1, 10, tzinfo=datetime.UTC)) as clock:
        occurrence = occurrence_of(seats_online=1, claim_hours=24)
        first, second, third = people(3)
        for person in (first, second, third):
            answer(by=person, occurrence=occurrence)
        answer(by=first, occurrence=occurrence, answer="maybe")
        clock.shift(datetime.timedelta(hours=24))
        assert release_unclaimed(now=timezone.now()) == 1
        assert release_unclaimed(now=timezone.now()) == 0
        assert statuses(occurrence) == [("none", None), ("none", None), ("going", None)]
        assert answer(by=third, occurrence=occurrence).claim_by is None
        clock.shift(datetime.timedelta(hours=30))
        assert release_unclaimed(now=timezone.now()) == 0


def test_what_is_impossible_is_refused() -> None:
    host, person = UserFactory.create(), UserFactory.create()
    occurrence = occurrence_of(host)
    with pytest.raises(Invalid):
        answer(by=person, occurrence=occurrence, answer="oui")
    with pytest.raises(Invalid):
        answer(by=person, occurrence=occurrence, mode="onsite")
    set_status(by=host, occurrence=occurrence, status="cancelled")
    with pytest.raises(Conflict):
        answer(by=person, occurrence=occurrence)
    network = NetworkFactory.create()
    hidden = occurrence_of(curator_of(network), network=network, visibility="network")
    with pytest.raises(NotFound):
        answer(by=person, occurrence=hidden)


def test_attendance_is_marked_once_it_began() -> None:
    host, person = UserFactory.create(), UserFactory.create()
    occurrence = occurrence_of(host)
    answer(by=person, occurrence=occurrence)
    with pytest.raises(Conflict):
        mark_attendance(by=host, occurrence=occurrence, people=[person.pk])
    with time_machine.travel(occurrence.starts_at + datetime.timedelta(minutes=5)):
        assert mark_attendance(by=host, occurrence=occurrence, people=[person.pk, host.pk]) == 1
    with time_machine.travel(occurrence.ends_at), pytest.raises(Conflict):
        answer(by=person, occurrence=occurrence)
