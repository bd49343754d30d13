"""Proves that state + events equals a fresh fetch, for every action that changes a room (Zulip's `verify_action`)."""

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

import events.actions
from commons.people.models import User
from events import actions as do
from events.models import Block, Hand, Occurrence, Poll, Question
from tests.factories.api import client_of
from tests.factories.events import open_room_now
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

ELSEWHERE = {
    "add_date", "answer", "ask_attendance", "change_following", "confirm_occurrence", "create_series",
    "draft_from_block", "mark_attendance", "materialise_all", "note_due", "open_thread", "postpone_unconfirmed",
    "preview_dates", "propose_topic", "release_unclaimed", "set_facilitators", "set_status",
    "skip_date", "tell_due", "tell_noted", "vote_topic",
}  # fmt: skip
"""What changes nothing that people in a room see."""


@dataclass
class Scene:
    """An open room with a hand, a speaker, a poll, a question and a block, read by somebody who did nothing yet."""

    host: User
    member: User
    occurrence: Occurrence
    hand: Hand
    poll: Poll
    question: Question
    block: Block


def _freeze(s: Scene) -> None:
    do.submit_minutes(by=s.host, occurrence=s.occurrence)
    do.freeze_minutes(now=timezone.now() + datetime.timedelta(days=8))


def _collide(s: Scene) -> None:
    do.save_block(by=s.host, block=s.block, revision=1, text="Autrement")
    do.save_block(by=s.member, block=s.block, revision=1, text="Encore autrement")


def _settle(s: Scene) -> None:
    _collide(s)
    do.settle_block(by=s.host, block=s.block)


def _resume(s: Scene) -> None:
    do.start_step(by=s.host, occurrence=s.occurrence, step=2)
    do.pause_agenda(by=s.host, occurrence=s.occurrence)
    do.resume_agenda(by=s.host, occurrence=s.occurrence)


def _reopen(s: Scene) -> None:
    do.close_room(by=s.host, occurrence=s.occurrence)
    do.open_room(by=s.host, occurrence=s.occurrence)


def _first(s: Scene) -> None:
    do.open_minutes(by=s.host, occurrence=s.occurrence)
    do.add_block(by=s.host, occurrence=s.occurrence, text="Un échec", values={"kind": "failure"})


ACTIONS: dict[str, Callable[[Scene], object]] = {
    "add_block": _first,
    "answer_poll": lambda s: do.answer_poll(by=s.host, poll=s.poll, option=1),
    "ask_question": lambda s: do.ask_question(by=s.member, occurrence=s.occurrence, text="Et la nuit ?"),
    "change_occurrence": lambda s: do.change_occurrence(
        by=s.host, occurrence=s.occurrence, values={"agenda": [{"title": "Tout", "minutes": 5}]}
    ),
    "change_series": lambda s: do.change_series(by=s.host, series=s.occurrence.series, values={"template": "autopsy"}),
    "close_forgotten_rooms": lambda _s: do.close_forgotten_rooms(now=timezone.now() + datetime.timedelta(days=1)),
    "close_poll": lambda s: do.close_poll(by=s.host, poll=s.poll),
    "close_question": lambda s: do.close_question(by=s.host, question=s.question),
    "close_room": lambda s: do.close_room(by=s.host, occurrence=s.occurrence),
    "end_turn": lambda s: do.end_turn(by=s.host, occurrence=s.occurrence),
    "freeze_minutes": _freeze,
    "give_floor": lambda s: do.give_floor(by=s.host, occurrence=s.occurrence),
    "lower_all_hands": lambda s: do.lower_all_hands(by=s.host, occurrence=s.occurrence),
    "lower_hand": lambda s: do.lower_hand(by=s.member, hand=s.hand),
    "make_agenda": lambda s: do.make_agenda(by=s.host, occurrence=s.occurrence, topics=[]),
    "move_hand": lambda s: do.move_hand(by=s.host, hand=s.hand, place=1, reason="Doit partir"),
    "open_poll": lambda s: do.open_poll(by=s.host, occurrence=s.occurrence, question="Où ?", options=["Ici", "Là"]),
    "open_room": _reopen,
    "pause_agenda": lambda s: do.pause_agenda(by=s.host, occurrence=s.occurrence),
    "raise_hand": lambda s: do.raise_hand(by=s.host, occurrence=s.occurrence, kind="order"),
    "remove_block": lambda s: do.remove_block(by=s.host, block=s.block),
    "remove_question": lambda s: do.remove_question(by=s.host, question=s.question),
    "resume_agenda": _resume,
    "save_block": _collide,
    "set_balance": lambda s: do.set_balance(by=s.host, occurrence=s.occurrence, balance="house"),
    "settle_block": _settle,
    "start_step": lambda s: do.start_step(by=s.host, occurrence=s.occurrence),
    "submit_minutes": lambda s: do.submit_minutes(by=s.host, occurrence=s.occurrence),
    "vote_question": lambda s: do.vote_question(by=s.host, question=s.question),
}


@pytest.fixture
def scene() -> Scene:
    host, member, speaker = UserFactory.create(), UserFactory.create(), UserFactory.create()
    occurrence = open_room_now(host)
    do.start_step(by=host, occurrence=occurrence)
    do.raise_hand(by=speaker, occurrence=occurrence)
    do.give_floor(by=host, occurrence=occurrence)
    do.raise_hand(by=speaker, occurrence=occurrence)
    return Scene(
        host,
        member,
        occurrence,
        do.raise_hand(by=member, occurrence=occurrence),
        do.open_poll(by=host, occurrence=occurrence, question="Quand ?", options=["Mardi", "Jeudi"]),
        do.ask_question(by=member, occurrence=occurrence, text="Combien ?")[0],
        do.add_block(by=member, occurrence=occurrence, text="Une pratique", values={"kind": "practice"})[0],
    )


def fetched(reader: Any, occurrence: Occurrence) -> dict[str, Any]:
    """Return the room as somebody who opens it now reads it."""
    whole: dict[str, Any] = reader.get(f"/api/v1/occurrences/{occurrence.pk}/room/").json()
    return whole


ORDERS: dict[str, Callable[[Any], Any]] = {
    "polls": lambda row: -row["id"],
    "questions": lambda row: (row["answered_at"] or "", -row["voices"], row["id"]),
    "blocks": lambda row: row["id"],
}


def catch_up(room: dict[str, Any], reader: Any, occurrence: Occurrence) -> None:
    """Apply what changed after a number, as a client does."""
    told = reader.get(f"/api/v1/occurrences/{occurrence.pk}/events/?after={room['last_seq']}").json()
    assert [event["seq"] for event in told["events"]] == list(range(room["last_seq"] + 1, told["last_seq"] + 1))
    for event in told["events"]:
        room |= event.get("state", {}) | {"last_seq": event["seq"]}
        for name, order in ORDERS.items():
            kept = {row["id"]: row for row in room[name]} | {
                row["id"]: row for row in event.get("rows", {}).get(name, [])
            }
            gone = event.get("removed", {}).get(name, [])
            room[name] = sorted((row for pk, row in kept.items() if pk not in gone), key=order)


def test_every_action_is_here() -> None:
    assert set(ACTIONS) | ELSEWHERE | {"open_minutes"} == set(events.actions.__all__)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_state_and_events_equal_a_fresh_fetch(name: str, scene: Scene) -> None:
    reader = client_of(scene.host)
    room = fetched(reader, scene.occurrence)
    ACTIONS[name](scene)
    reached = room["last_seq"]
    catch_up(room, reader, scene.occurrence)
    assert room["last_seq"] > reached
    assert json.dumps(room, sort_keys=True) == json.dumps(fetched(reader, scene.occurrence), sort_keys=True)


def test_minutes_opened_with_actions_carried_over_are_told(scene: Scene) -> None:
    do.save_block(by=scene.host, block=scene.block, revision=1, values={"kind": "action"})
    reader, later = client_of(scene.host), _later(scene)
    room = fetched(reader, later)
    do.open_minutes(by=scene.host, occurrence=later)
    catch_up(room, reader, later)
    assert [block["carried_from"] for block in room["blocks"]] == [scene.block.pk]
    assert room == fetched(reader, later)


def _later(scene: Scene) -> Occurrence:
    """Return the next meeting of the same series."""
    start = scene.occurrence.local_start + datetime.timedelta(days=1)
    do.add_date(by=scene.host, series=scene.occurrence.series, start=start.isoformat())
    return Occurrence.objects.select_related("series").latest("starts_at")
