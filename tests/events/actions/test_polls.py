"""The polls of a room: answered once each, told when closed, forgotten but for their counts."""

import pytest

from commons.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from events import actions as do
from events.actions import polls
from events.models import Poll, PollVote
from events.queries import own_answers, results_of
from tests.factories.events import open_room_now
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ASKED = {"question": "Quel jour ?", "options": ["Mardi", " Jeudi ", ""]}


def test_a_poll_counts_one_answer_a_person() -> None:
    host, other = UserFactory.create(), UserFactory.create()
    poll = do.open_poll(by=host, occurrence=open_room_now(host), **ASKED)
    assert poll.options == ["Mardi", "Jeudi"]
    do.answer_poll(by=host, poll=poll, option=0)
    do.answer_poll(by=host, poll=poll, option=1)
    poll = do.answer_poll(by=other, poll=poll, option=1)
    assert (poll.voters, results_of(poll)) == (2, [0, 2])
    assert [own_answers(person, [poll]) for person in (host, UserFactory.create())] == [{poll.pk: 1}, {}]


def test_a_closed_poll_keeps_its_counts_and_no_vote() -> None:
    host = UserFactory.create()
    poll = do.open_poll(by=host, occurrence=open_room_now(host), **ASKED)
    do.answer_poll(by=host, poll=poll, option=0)
    for _n in range(2):
        poll = do.close_poll(by=host, poll=poll)
    assert (results_of(poll), PollVote.objects.count()) == ([1, 0], 0)
    with pytest.raises(Conflict) as closed:
        do.answer_poll(by=host, poll=poll, option=0)
    assert closed.value.code == "poll_closed"


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("", ["Oui", "Non"]),
        ("x" * 201, ["Oui", "Non"]),
        ("Quoi ?", ["Oui"]),
        ("Quoi ?", ["Oui", "Oui"]),
        ("Quoi ?", [str(n) for n in range(9)]),
        ("Quoi ?", ["Oui", "x" * 121]),
    ],
)
def test_a_poll_without_a_question_or_a_choice_is_refused(question: str, options: list[str]) -> None:
    host = UserFactory.create()
    with pytest.raises(Invalid):
        do.open_poll(by=host, occurrence=open_room_now(host), question=question, options=options)
    assert Poll.objects.count() == 0


def test_only_who_runs_the_room_polls_and_only_what_is_there_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    host, other = UserFactory.create(), UserFactory.create()
    occurrence = open_room_now(host)
    with pytest.raises(NotAllowed):
        do.open_poll(by=other, occurrence=occurrence, **ASKED)
    poll = do.open_poll(by=host, occurrence=occurrence, **ASKED)
    with pytest.raises(NotAllowed):
        do.close_poll(by=other, poll=poll)
    for option in (-1, 2):
        with pytest.raises(Invalid):
            do.answer_poll(by=other, poll=poll, option=option)
    monkeypatch.setattr(polls, "MOST_POLLS", 1)
    with pytest.raises(TooMany):
        do.open_poll(by=host, occurrence=occurrence, **ASKED)
    Poll.objects.filter(pk=poll.pk).delete()
    with pytest.raises(NotFound):
        do.answer_poll(by=other, poll=poll, option=0)
