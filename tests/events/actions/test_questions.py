"""The questions of a room: asked once, ranked by voices, nobody's under the Chatham House rule."""

import pytest

from commons.errors import Invalid, NotAllowed, NotFound, TooMany
from events import actions as do
from events.actions import questions
from events.models import Event, Occurrence, Question, QuestionVote
from events.queries import own_voices, questions_of, room_of
from tests.factories.events import open_room_now
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def ranked(occurrence: Occurrence) -> list[tuple[str, int]]:
    return [(question.text, question.voices) for question in questions_of(room_of(occurrence))]


def test_questions_are_ranked_by_voices_and_the_answered_go_last() -> None:
    host, one, two = UserFactory.create(), UserFactory.create(), UserFactory.create()
    occurrence = open_room_now(host)
    asked = [do.ask_question(by=one, occurrence=occurrence, text=text)[0] for text in ("A ?", "B ?", "C ?")]
    for person in (host, two):
        for _n in range(2):
            do.vote_question(by=person, question=asked[1])
    do.vote_question(by=host, question=asked[2])
    assert ranked(occurrence) == [("B ?", 3), ("C ?", 2), ("A ?", 1)]
    for _n in range(2):
        do.vote_question(by=host, question=asked[2], is_on=False)
        do.close_question(by=host, question=asked[1])
    assert ranked(occurrence) == [("A ?", 1), ("C ?", 1), ("B ?", 3)]
    assert own_voices(two, asked) == {asked[1].pk}
    kinds = Event.objects.filter(kind__startswith="question").order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["question.added"] * 3 + ["question.voted"] * 4 + ["question.closed"]


def test_a_question_sent_twice_is_one() -> None:
    host = UserFactory.create()
    occurrence = open_room_now(host)
    sent = [do.ask_question(by=host, occurrence=occurrence, text="A ?", client_id="un") for _n in range(2)]
    assert sent == [(sent[0][0], True), (sent[0][0], False)]
    assert ranked(occurrence) == [("A ?", 1)]


def test_only_who_runs_the_room_takes_questions_out(monkeypatch: pytest.MonkeyPatch) -> None:
    host, other = UserFactory.create(), UserFactory.create()
    occurrence = open_room_now(host)
    question, _is_new = do.ask_question(by=other, occurrence=occurrence, text="A ?")
    for act in (do.close_question, do.remove_question):
        with pytest.raises(NotAllowed):
            act(by=other, question=question)
    monkeypatch.setattr(questions, "MOST_QUESTIONS", 1)
    with pytest.raises(TooMany):
        do.ask_question(by=host, occurrence=occurrence, text="B ?")
    pk = question.pk
    do.remove_question(by=host, question=question)
    question.pk = pk
    do.remove_question(by=host, question=question)
    with pytest.raises(NotFound):
        do.vote_question(by=other, question=question)
    assert (Question.objects.count(), QuestionVote.objects.count()) == (0, 0)


def test_an_empty_or_endless_question_is_refused() -> None:
    host = UserFactory.create()
    occurrence = open_room_now(host)
    for text in ("  ", "x" * 301):
        with pytest.raises(Invalid):
            do.ask_question(by=host, occurrence=occurrence, text=text)
