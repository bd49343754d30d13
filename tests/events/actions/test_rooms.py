"""The room of a meeting: opened by its host, walked step by step, closed with nothing left that says who."""

import datetime

import pytest
from django.utils import timezone

from commons.errors import Conflict, Invalid, NotAllowed, NotFound
from events import actions as do
from events.enums import Change, RoomState
from events.models import Event, Hand, Occurrence, Poll, PollVote, Question, QuestionVote, Room, Turn
from events.queries import room_of, seconds_of_step
from tests.factories.events import occurrence_now, occurrence_of, open_room_now
from tests.factories.people import NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db


def kinds(occurrence: Occurrence) -> list[tuple[int, str]]:
    """Return the changes of a room, by number."""
    return list(Event.objects.filter(room__occurrence=occurrence).order_by("seq").values_list("seq", "kind"))


def test_a_room_opens_once_and_closes_once() -> None:
    host = UserFactory.create()
    occurrence = occurrence_now(host)
    assert room_of(occurrence).state == RoomState.WAITING
    for _n in range(2):
        assert do.open_room(by=host, occurrence=occurrence).state == RoomState.OPEN
    for _n in range(2):
        assert do.close_room(by=host, occurrence=occurrence).state == RoomState.CLOSED
    assert do.open_room(by=host, occurrence=occurrence).state == RoomState.OPEN
    assert kinds(occurrence) == [(1, Change.ROOM_OPENED), (2, Change.ROOM_CLOSED), (3, Change.ROOM_OPENED)]


def test_only_who_hosts_opens_a_room() -> None:
    occurrence = occurrence_now(UserFactory.create())
    with pytest.raises(NotAllowed):
        do.open_room(by=UserFactory.create(), occurrence=occurrence)
    assert Room.objects.count() == 0


def test_a_room_does_not_open_long_before_nor_for_what_does_not_take_place() -> None:
    host = UserFactory.create()
    with pytest.raises(Conflict) as early:
        do.open_room(by=host, occurrence=occurrence_of(host))
    cancelled = do.set_status(by=host, occurrence=occurrence_now(host), status="cancelled")
    with pytest.raises(Conflict) as never:
        do.open_room(by=host, occurrence=cancelled)
    assert (early.value.code, never.value.code) == ("too_early", "not_taking_place")


def test_a_room_of_a_closed_network_does_not_exist_for_others() -> None:
    host, network = UserFactory.create(), NetworkFactory.create()
    join(host, network, "facilitator")
    occurrence = open_room_now(host, network=network, visibility="network")
    with pytest.raises(NotFound):
        do.raise_hand(by=UserFactory.create(), occurrence=occurrence)


def test_under_chatham_only_who_has_a_seat_enters() -> None:
    host, seated, outsider = UserFactory.create(), UserFactory.create(), UserFactory.create()
    occurrence = open_room_now(host, is_chatham=True)
    do.answer(by=seated, occurrence=occurrence)
    assert [one.has_perm("events.view_room", occurrence) for one in (host, seated, outsider)] == [True, True, False]
    with pytest.raises(NotAllowed):
        do.raise_hand(by=outsider, occurrence=occurrence)


def test_the_clock_of_a_step_stops_and_runs_on() -> None:
    host = UserFactory.create()
    occurrence = open_room_now(host)
    with pytest.raises(Conflict):
        do.resume_agenda(by=host, occurrence=occurrence)
    room = do.start_step(by=host, occurrence=occurrence)
    began = room.step_began_at
    assert (room.step, seconds_of_step(room, began + datetime.timedelta(seconds=90))) == (0, 90)
    Room.objects.update(step_began_at=timezone.now() - datetime.timedelta(seconds=60))
    for _n in range(2):
        paused = do.pause_agenda(by=host, occurrence=occurrence)
    assert (paused.step_began_at, paused.step_spent_seconds) == (None, 60)
    for _n in range(2):
        resumed = do.resume_agenda(by=host, occurrence=occurrence)
    assert seconds_of_step(resumed, resumed.step_began_at + datetime.timedelta(seconds=5)) == 65
    moved = do.start_step(by=host, occurrence=occurrence)
    assert (moved.step, moved.step_spent_seconds) == (1, 0)
    assert do.start_step(by=host, occurrence=occurrence, step=4).step == 4
    with pytest.raises(Invalid):
        do.start_step(by=host, occurrence=occurrence)
    assert [kind for _seq, kind in kinds(occurrence)] == [
        "room.opened", "agenda.step", "agenda.paused", "agenda.resumed", "agenda.step", "agenda.step",
    ]  # fmt: skip


def test_nothing_happens_in_a_room_that_is_not_open() -> None:
    host = UserFactory.create()
    occurrence = occurrence_now(host)
    for act in (do.raise_hand, do.start_step, do.lower_all_hands, do.give_floor, do.end_turn):
        with pytest.raises(Conflict) as refused:
            act(by=host, occurrence=occurrence)
        assert refused.value.code == "room_not_open"


def _filled(host: object, occurrence: Occurrence) -> Poll:
    one, two = UserFactory.create(), UserFactory.create()
    for person in (one, two):
        do.answer(by=person, occurrence=occurrence)
        do.raise_hand(by=person, occurrence=occurrence)
    do.give_floor(by=host, occurrence=occurrence)
    poll = do.open_poll(by=host, occurrence=occurrence, question="Jeudi ?", options=["Oui", "Non"])
    do.answer_poll(by=one, poll=poll, option=0)
    do.answer_poll(by=two, poll=poll, option=1)
    do.ask_question(by=one, occurrence=occurrence, text="Et le son ?")
    return poll


@pytest.mark.parametrize("is_chatham", [False, True])
def test_closing_leaves_no_row_that_says_who_spoke_or_voted(is_chatham: bool) -> None:  # noqa: FBT001 - a case
    host = UserFactory.create()
    occurrence = open_room_now(host, is_chatham=is_chatham)
    poll = _filled(host, occurrence)
    assert [kind.objects.count() for kind in (Hand, Turn, PollVote, QuestionVote)] == [1, 1, 2, 1]
    do.close_room(by=host, occurrence=occurrence)
    assert [kind.objects.count() for kind in (Hand, Turn, PollVote, QuestionVote)] == [0, 0, 0, 0]
    poll.refresh_from_db()
    assert (poll.counts, poll.voters, poll.closed_at is not None) == ([1, 1], 2, True)
    asked = Question.objects.get()
    assert (asked.voices, asked.by_id is None) == (1, is_chatham)
    assert all(set(payload) <= {"hand", "turn", "poll", "question"} for payload in _payloads(occurrence))


def _payloads(occurrence: Occurrence) -> list[dict[str, int]]:
    return list(Event.objects.filter(room__occurrence=occurrence).values_list("payload", flat=True))


def test_a_room_that_everybody_forgot_closes_by_itself() -> None:
    host = UserFactory.create()
    left, running = open_room_now(host), open_room_now(host)
    assert do.close_forgotten_rooms(now=left.ends_at + datetime.timedelta(hours=2)) == 0
    do.close_room(by=host, occurrence=running)
    assert do.close_forgotten_rooms(now=left.ends_at + datetime.timedelta(hours=4)) == 1
    assert room_of(left).state == RoomState.CLOSED


def test_what_other_pages_change_of_a_room_is_a_change_of_it() -> None:
    host = UserFactory.create()
    occurrence = open_room_now(host)
    block, _is_new = do.add_block(by=host, occurrence=occurrence, text="Une idée", values={})
    do.save_block(by=host, block=block, revision=1, text="Une bonne idée")
    do.remove_block(by=host, block=block)
    do.change_series(by=host, series=occurrence.series, values={"template": "autopsy"})
    do.change_occurrence(by=host, occurrence=occurrence, values={"agenda": [{"title": "Tout", "minutes": 5}]})
    do.submit_minutes(by=host, occurrence=occurrence)
    do.freeze_minutes(now=timezone.now() + datetime.timedelta(days=8))
    assert [kind for _seq, kind in kinds(occurrence)] == [
        "room.opened", "block.added", "block.changed", "block.removed", "agenda.changed", "agenda.changed",
        "minutes.changed", "minutes.changed",
    ]  # fmt: skip
