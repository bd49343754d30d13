"""What becomes of seats, topics and minutes when somebody leaves."""

import datetime

import pytest
import time_machine

from commons.people.actions import erase_person
from commons.people.enums import ErasureCause, ErasureMode
from commons.people.models import User
from events.actions import add_block, answer, propose_topic, vote_topic
from events.enums import SeatStatus
from events.models import Block, Minutes, Occurrence, Revision, Seat, Topic, TopicVote
from tests.factories.events import occurrence_of
from tests.factories.lives import Life, whole_life
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ANONYMISE, REMOVE = ErasureMode


def after(mode: ErasureMode) -> Life:
    life = whole_life()
    erase_person(person=life.person, mode=mode, cause=ErasureCause.ASKED)
    return life


@pytest.mark.parametrize("mode", [ANONYMISE, REMOVE])
def test_a_seat_goes_to_who_waits(mode: ErasureMode) -> None:
    life = after(mode)
    seats = Seat.objects.filter(occurrence=life.coming)
    assert [(seat.user_id, seat.status) for seat in seats] == [(life.friend.pk, SeatStatus.GOING)]
    assert TopicVote.objects.count() == 0


def test_a_seat_of_the_past_promotes_nobody() -> None:
    person, other = UserFactory.create(), UserFactory.create()
    occurrence = occurrence_of(seats_online=1, rrule="")
    answer(by=person, occurrence=occurrence)
    answer(by=other, occurrence=occurrence)
    with time_machine.travel(occurrence.ends_at + datetime.timedelta(days=1)):
        erase_person(person=person, mode=ANONYMISE, cause=ErasureCause.ASKED)
    assert [(seat.user_id, seat.status) for seat in Seat.objects.all()] == [(other.pk, SeatStatus.WAITING)]


def test_approved_minutes_stay_without_the_name() -> None:
    life = after(REMOVE)
    minutes = Minutes.objects.get(occurrence=life.past)
    assert "une personne qui a quitté Commons propose deux marées." in minutes.frozen_text
    assert "Quintefeuille" not in minutes.frozen_text
    assert [(block.by_id, block.owner) for block in minutes.blocks.order_by("pk")] == [
        (None, None), (life.friend.pk, None),
    ]  # fmt: skip
    assert Revision.objects.filter(block__minutes=minutes, by=None).count() == 2


def test_removing_takes_words_that_nobody_else_worked_on() -> None:
    life = after(REMOVE)
    assert not Block.objects.filter(text__startswith="Un mot de").exists()
    assert not Topic.objects.filter(title="Les marées").exists()
    kept = after_again(life.friend)
    assert [(topic.title, topic.by) for topic in Topic.objects.all()] == [("Voulu", None)]
    assert [block.text for block in Block.objects.filter(minutes__occurrence=kept)] == []


def after_again(friend: User) -> Occurrence:
    person = UserFactory.create()
    occurrence = occurrence_of(person, rrule="")
    topic = propose_topic(by=person, occurrence=occurrence, title="Voulu")
    vote_topic(by=friend, topic=topic)
    add_block(by=person, occurrence=occurrence, text="Seul.", values={"kind": "tip"})
    erase_person(person=person, mode=REMOVE, cause=ErasureCause.ASKED)
    return occurrence
