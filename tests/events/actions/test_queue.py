"""The speaker queue: ordered by the server, moved for a reason, balanced by who has spoken."""

import datetime

import pytest
from django.utils import timezone

from commons.errors import Conflict, Invalid, NotAllowed, NotFound
from commons.people.models import User
from events import actions as do
from events.enums import HandKind
from events.models import Event, Hand, Occurrence, Turn
from events.queries import current_turn, queue_of, room_of
from tests.factories.events import open_room_now
from tests.factories.people import InstitutionFactory, UserFactory

pytestmark = pytest.mark.django_db


def people(count: int) -> list[User]:
    return [UserFactory.create(public_name=f"P{n}") for n in range(count)]


def queue(occurrence: Occurrence) -> list[str]:
    return [hand.user.public_name for hand in queue_of(room_of(occurrence))]


def hand_of(person: User) -> Hand:
    return Hand.objects.select_related("room__occurrence__series").get(user=person)


def spoke(occurrence: Occurrence, person: User, seconds: int) -> None:
    """Let a person have spoken so long."""
    do.raise_hand(by=person, occurrence=occurrence, kind=HandKind.ORDER)
    turn = do.give_floor(by=occurrence.series.created_by, occurrence=occurrence)
    do.end_turn(by=person, occurrence=occurrence)
    ended = timezone.now()
    Turn.objects.filter(pk=turn.pk).update(began_at=ended - datetime.timedelta(seconds=seconds), ended_at=ended)


def test_hands_are_ordered_by_what_they_ask_for_then_by_time() -> None:
    host = UserFactory.create()
    occurrence = open_room_now(host)
    asked = [HandKind.POINT, HandKind.REPLY, HandKind.POINT, HandKind.FACT, HandKind.ORDER]
    for person, kind in zip(people(5), asked, strict=True):
        do.raise_hand(by=person, occurrence=occurrence, kind=kind)
    assert queue(occurrence) == ["P4", "P3", "P1", "P0", "P2"]


def test_a_hand_raised_twice_is_one_and_another_kind_asks_anew() -> None:
    one, two = people(2)
    occurrence = open_room_now(one)
    first = do.raise_hand(by=one, occurrence=occurrence)
    do.raise_hand(by=two, occurrence=occurrence)
    assert do.raise_hand(by=one, occurrence=occurrence) == first
    assert queue(occurrence) == ["P0", "P1"]
    do.raise_hand(by=two, occurrence=occurrence, kind=HandKind.ORDER)
    assert (queue(occurrence), Hand.objects.count()) == (["P1", "P0"], 2)
    with pytest.raises(Invalid):
        do.raise_hand(by=one, occurrence=occurrence, kind="chanson")


def test_one_lowers_their_own_hand_and_the_host_anybodys() -> None:
    host, one, two = people(3)
    occurrence = open_room_now(host)
    for person in (one, two):
        do.raise_hand(by=person, occurrence=occurrence)
    with pytest.raises(NotAllowed):
        do.lower_hand(by=one, hand=hand_of(two))
    kept = hand_of(one)
    for _n in range(2):
        do.lower_hand(by=one, hand=kept)
    do.lower_hand(by=host, hand=hand_of(two))
    assert queue(occurrence) == []
    assert Event.objects.filter(kind="queue.lowered").count() == 2


def test_all_hands_go_down_at_once() -> None:
    host, one, two = people(3)
    occurrence = open_room_now(host)
    assert do.lower_all_hands(by=host, occurrence=occurrence) == 0
    for person in (one, two):
        do.raise_hand(by=person, occurrence=occurrence)
    with pytest.raises(NotAllowed):
        do.lower_all_hands(by=one, occurrence=occurrence)
    assert (do.lower_all_hands(by=host, occurrence=occurrence), queue(occurrence)) == (2, [])


def test_a_hand_is_moved_for_a_reason_and_keeps_its_place_as_others_leave() -> None:
    host, *others = people(5)
    occurrence = open_room_now(host)
    for person in others:
        do.raise_hand(by=person, occurrence=occurrence)
    do.move_hand(by=host, hand=hand_of(others[3]), place=2, reason="  N’a pas encore parlé ")
    assert queue(occurrence) == ["P1", "P4", "P2", "P3"]
    assert hand_of(others[3]).reason == "N’a pas encore parlé"
    do.give_floor(by=host, occurrence=occurrence)
    assert queue(occurrence) == ["P4", "P2", "P3"]
    do.raise_hand(by=host, occurrence=occurrence, kind=HandKind.ORDER)
    assert queue(occurrence) == ["P4", "P0", "P2", "P3"]
    for place, reason in ((2, "  "), (0, "Parce que"), (5, "Parce que")):
        with pytest.raises(Invalid):
            do.move_hand(by=host, hand=hand_of(others[1]), place=place, reason=reason)
    with pytest.raises(NotAllowed):
        do.move_hand(by=others[1], hand=hand_of(others[1]), place=1, reason="Moi")
    gone = hand_of(others[1])
    do.lower_hand(by=others[1], hand=gone)
    gone.pk = 10**6
    with pytest.raises(NotFound):
        do.move_hand(by=host, hand=gone, place=1, reason="Partie")


def test_the_balance_puts_first_who_spoke_least() -> None:
    host = UserFactory.create()
    occurrence = open_room_now(host)
    big, small = InstitutionFactory.create(type="opera"), InstitutionFactory.create(type="theatre")
    loud, quiet, other = (
        UserFactory.create(public_name=name, institution=house)
        for name, house in (("loud", big), ("quiet", big), ("other", small))
    )
    spoke(occurrence, loud, 120)
    spoke(occurrence, other, 30)
    for person in (loud, other, quiet):
        do.raise_hand(by=person, occurrence=occurrence)
    orders = {}
    for balance in ("", "person", "house"):
        do.set_balance(by=host, occurrence=occurrence, balance=balance)
        orders[balance] = queue(occurrence)
    assert orders == {
        "": ["loud", "other", "quiet"],
        "person": ["quiet", "other", "loud"],
        "house": ["other", "quiet", "loud"],
    }
    with pytest.raises(Invalid):
        do.set_balance(by=host, occurrence=occurrence, balance="taille")
    assert Event.objects.filter(kind="queue.balanced").count() == 2


def test_somebody_of_no_house_is_balanced_too() -> None:
    host, one = UserFactory.create(institution=None, public_name="seul"), UserFactory.create(public_name="autre")
    occurrence = open_room_now(host)
    do.set_balance(by=host, occurrence=occurrence, balance="house")
    spoke(occurrence, host, 10)
    for person in (host, one):
        do.raise_hand(by=person, occurrence=occurrence)
    assert queue(occurrence) == ["autre", "seul"]


def test_the_floor_goes_to_the_first_or_to_the_one_named() -> None:
    host, one, two = people(3)
    occurrence = open_room_now(host)
    with pytest.raises(Conflict) as nobody:
        do.give_floor(by=host, occurrence=occurrence)
    assert nobody.value.code == "empty_queue"
    for person in (one, two):
        do.raise_hand(by=person, occurrence=occurrence)
    with pytest.raises(NotAllowed):
        do.give_floor(by=one, occurrence=occurrence)
    do.give_floor(by=host, occurrence=occurrence, hand=hand_of(two).pk)
    assert (current_turn(room_of(occurrence)).user, queue(occurrence)) == (two, ["P1"])
    do.give_floor(by=host, occurrence=occurrence)
    assert (current_turn(room_of(occurrence)).user, queue(occurrence)) == (one, [])
    with pytest.raises(NotAllowed):
        do.end_turn(by=two, occurrence=occurrence)
    do.end_turn(by=host, occurrence=occurrence)
    do.end_turn(by=one, occurrence=occurrence)
    assert (current_turn(room_of(occurrence)), Turn.objects.count()) == (None, 2)
    assert Event.objects.filter(kind="queue.spoken").count() == 1
