"""Minutes lose no word: repeated, collided, settled, carried over, approved and frozen."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from commons.errors import Conflict, Invalid
from commons.people.models import User
from events.actions import (
    add_block,
    freeze_minutes,
    open_minutes,
    remove_block,
    save_block,
    settle_block,
    submit_minutes,
)
from events.models import Block, Occurrence, Revision
from events.queries import blocks_of, markdown_of
from tests.factories.events import occurrence_of, rows_of, series_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def block_in(occurrence: Occurrence, by: User, text: str = "Un micro au bar.", **values: object) -> Block:
    return add_block(by=by, occurrence=occurrence, text=text, values={"kind": "practice"} | values)[0]


def test_a_block_sent_again_after_a_cut_is_one_block() -> None:
    person, occurrence = UserFactory.create(), occurrence_of()
    sent = {"by": person, "occurrence": occurrence, "text": "Un micro", "values": {}, "client_id": "a1"}
    first, is_new = add_block(**sent)
    again, is_new_again = add_block(**sent)
    assert (first.pk, is_new, is_new_again, Block.objects.count()) == (again.pk, True, False, 1)


def test_two_people_at_once_lose_no_word() -> None:
    one, two, occurrence = UserFactory.create(), UserFactory.create(), occurrence_of()
    block = block_in(occurrence, one)
    save_block(by=one, block=block, revision=1, text="Un micro au bar, trois voix.")
    saved = save_block(by=two, block=block, revision=1, text="Un micro dans le hall.")
    assert (saved.block.text, saved.aside.text) == ("Un micro au bar, trois voix.", "Un micro dans le hall.")
    shown = blocks_of(block.minutes, one).get()
    assert [revision.text for revision in shown.asides] == ["Un micro dans le hall."]
    save_block(by=two, block=block, revision=2, text="Un micro au bar puis dans le hall, trois voix.")
    settle_block(by=two, block=block)
    assert blocks_of(block.minutes, one).get().asides == []
    assert list(Revision.objects.order_by("pk").values_list("number", "text")) == [
        (1, "Un micro au bar."),
        (2, "Un micro au bar, trois voix."),
        (1, "Un micro dans le hall."),
        (3, "Un micro au bar puis dans le hall, trois voix."),
    ]


def test_open_actions_go_over_to_the_next_meeting_once() -> None:
    host = UserFactory.create()
    first, second, third = rows_of(series_of(host))[:3]
    todo = block_in(first, host, "Écrire à la ville", kind="action", owner=host.pk, due_date=datetime.date(2027, 1, 5))
    done = block_in(first, host, "Réserver", kind="action")
    save_block(by=host, block=done, revision=1, values={"is_done": True})
    for _again in range(2):
        open_minutes(by=host, occurrence=second)
    carried = Block.objects.get(minutes__occurrence=second)
    assert (carried.text, carried.carried_from_id, carried.owner_id) == (todo.text, todo.pk, host.pk)
    open_minutes(by=host, occurrence=third)
    assert Block.objects.get(minutes__occurrence=third).carried_from_id == carried.pk


def test_a_week_of_review_then_nothing_moves() -> None:
    host = UserFactory.create()
    occurrence = occurrence_of(host)
    block = block_in(occurrence, host, "Nous gardons le micro", kind="decision", votes_for=9, votes_against=1)
    gone = block_in(occurrence, host, "À oublier")
    remove_block(by=host, block=gone)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        submit_minutes(by=host, occurrence=occurrence)
        save_block(by=host, block=block, revision=1, text="Nous gardons le micro au bar")
        clock.shift(datetime.timedelta(days=6, hours=23))
        assert freeze_minutes(now=timezone.now()) == 0
        clock.shift(datetime.timedelta(hours=1))
        assert (freeze_minutes(now=timezone.now()), freeze_minutes(now=timezone.now())) == (1, 0)
    block.minutes.refresh_from_db()
    assert block.minutes.frozen_text == markdown_of(block.minutes)
    assert "Nous gardons le micro au bar" in block.minutes.frozen_text
    assert "9 pour, 1 contre, 0 abstentions" in block.minutes.frozen_text
    assert "À oublier" not in block.minutes.frozen_text
    for write in (
        lambda: save_block(by=host, block=block, revision=2, text="Trop tard"),
        lambda: block_in(occurrence, host),
        lambda: submit_minutes(by=host, occurrence=occurrence),
    ):
        with pytest.raises(Conflict) as refused:
            write()
        assert refused.value.code == "frozen"


def test_what_cannot_be_taken_is_refused() -> None:
    person, occurrence = UserFactory.create(), occurrence_of()
    for values, field in (({"kind": "rumour"}, "kind"), ({"owner": 0}, "owner"), ({"votes_for": -1}, "votes_for")):
        with pytest.raises(Invalid) as refused:
            add_block(by=person, occurrence=occurrence, text="Texte", values=values)
        assert list(refused.value.fields) == [field]
    with pytest.raises(Invalid):
        add_block(by=person, occurrence=occurrence, text=" ", values={})


def test_markdown_says_how_it_was_decided_and_what_is_to_be_done() -> None:
    person, occurrence = UserFactory.create(public_name="Noé Valin", is_credited=False), occurrence_of()
    day = datetime.date(2027, 6, 1)
    votes = {"votes_for": 7, "votes_against": 1, "votes_abstain": 2}
    decided = {"kind": "decision", "method": "majorité", "review_date": day} | votes
    block_in(occurrence, person, "Un micro partagé", **decided)
    action = block_in(occurrence, person, "Acheter le micro", kind="action", owner=person.pk, due_date=day)
    said = markdown_of(action.minutes)
    assert "7 pour, 1 contre, 2 abstentions, majorité, à revoir le 1 juin 2027" in said
    assert "par Noé Valin, pour le 1 juin 2027, à faire" in said
    save_block(by=person, block=action, revision=1, values={"is_done": True})
    assert "pour le 1 juin 2027, fait" in markdown_of(action.minutes)
