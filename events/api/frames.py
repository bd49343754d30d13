"""Turns a meeting's room and its changes into JSON values: the one output of each part, for the API and the sockets.

A frame is the same for every reader: `state` replaces parts of the room, `rows` come into its lists by their `id`,
`removed` leave them; `html` holds the page's own partials, by the id of the element they stand for.
"""

import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.template.loader import render_to_string

from events.api.announcements import said
from events.api.minutes import block_row
from events.enums import MinutesState
from events.models import Block, Event, Hand, Minutes, Poll, Question, Room, Turn
from events.queries import blocks_of, current_turn, polls_of, questions_of, queue_of, results_of

SHOWN = 40
"""The hands and questions that the page shows; a longer list is counted."""
PARTS = {
    "agenda": ("deroule", "events/_agenda.html"),
    "queue": ("file", "events/_queue.html"),
    "poll": ("sondages", "events/_polls.html"),
    "question": ("questions", "events/_questions.html"),
}


def room_whole(room: Room) -> dict[str, Any]:
    """Return the room as everybody in it may see it."""
    return {
        "occurrence": room.occurrence_id,
        "last_seq": room.last_seq,
        **room_state(room),
        **agenda_state(room),
        **queue_state(room),
        **minutes_state(room),
        "polls": [poll_row(poll) for poll in polls_of(room)],
        "questions": [question_row(question) for question in questions_of(room)],
        "blocks": [room_block(block) for block in blocks_in(room)],
    }


def room_state(room: Room) -> dict[str, Any]:
    """Return where the room stands."""
    return {"state": room.state, "opened_at": room.opened_at, "closed_at": room.closed_at}


def agenda_state(room: Room) -> dict[str, Any]:
    """Return the steps, the current one, and its clock: seconds spent, and since when it runs on, if it does."""
    return {
        "agenda": {
            "steps": [{"title": step["title"], "minutes": step["minutes"]} for step in room.occurrence.shown_agenda],
            "step": room.step,
            "spent_seconds": room.step_spent_seconds,
            "running_since": room.step_began_at,
        }
    }


def queue_state(room: Room) -> dict[str, Any]:
    """Return who asks to speak, in order, and who has the floor."""
    turn = current_turn(room)
    return {
        "balance": room.balance,
        "queue": [hand_row(hand) for hand in queue_of(room)],
        "floor": turn_row(turn) if turn else None,
    }


def hand_row(hand: Hand) -> dict[str, Any]:
    """Return a raised hand."""
    return {"id": hand.pk, "kind": hand.kind, "person": person(hand.user), "reason": hand.reason}


def turn_row(turn: Turn) -> dict[str, Any]:
    """Return who speaks."""
    return {"kind": turn.kind, "person": person(turn.user), "began_at": turn.began_at}


def person(user: Any) -> dict[str, Any]:
    """Return a person as the room sees them."""
    return {"id": user.pk, "name": user.public_name, "house": user.institution.name if user.institution else ""}


def poll_row(poll: Poll, mine: int | None = None) -> dict[str, Any]:
    """Return a poll; how often each answer was chosen is null for who has not answered an open one."""
    is_told = poll.closed_at is not None or mine is not None
    return {
        "id": poll.pk,
        "question": poll.question,
        "options": poll.options,
        "voters": poll.voters,
        "counts": results_of(poll) if is_told else None,
        "mine": mine,
        "closed_at": poll.closed_at,
    }


def question_row(question: Question, *, is_mine: bool = False) -> dict[str, Any]:
    """Return a question and its voices; `by` is null under the Chatham House rule."""
    return {
        "id": question.pk,
        "text": question.text,
        "by": question.by.public_name if question.by else None,
        "voices": question.voices,
        "is_mine": is_mine,
        "answered_at": question.answered_at,
    }


def minutes_state(room: Room) -> dict[str, Any]:
    """Return where the minutes stand; open before anybody wrote."""
    minutes = Minutes.objects.filter(occurrence=room.occurrence_id).first()
    stands = {name: getattr(minutes, name, None) for name in ("state", "review_until", "frozen_at")}
    return {"minutes": stands | {"state": minutes.state if minutes else MinutesState.OPEN}}


def blocks_in(room: Room) -> QuerySet[Block]:
    """Return the blocks of the meeting's minutes as a reader sees them who sees public sheets only."""
    minutes = Minutes.objects.filter(occurrence=room.occurrence_id).first()
    return blocks_of(minutes, AnonymousUser()) if minutes else Block.objects.none()


def room_block(block: Block) -> dict[str, Any]:
    """Return a block of the minutes as everybody in the room sees it."""
    row = block_row(block)
    return {name: value for name, value in row.items() if name != "sheets"}


class Frames:
    """Builds the frames of some changes of one room, each part once: all of them show it as it is now."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._parts: dict[str, dict[str, Any]] = {}

    def of(self, event: Event) -> dict[str, Any]:
        """Return a change as every reader may see it."""
        noun = event.kind.partition(".")[0]
        key = noun if noun in ("room", "agenda", "queue", "minutes") else f"{noun} {event.payload[noun]}"
        if key not in self._parts:
            self._parts[key] = self._part(noun, event.payload.get(noun, 0))
        return {
            "type": event.kind,
            "occurrence": self.room.occurrence_id,
            "seq": event.seq,
            "said": said(self.room, event),
            **self._parts[key],
        }

    def _part(self, noun: str, pk: int) -> dict[str, Any]:
        room = self.room
        if noun == "block":
            return self._block(pk)
        if noun == "poll":
            rows = [poll_row(poll) for poll in polls_of(room).filter(pk=pk)]
            return {"rows": {"polls": rows}, "html": self._html("poll")}
        if noun == "question":
            return {**self._question(pk), "html": self._html("question")}
        states = {"agenda": agenda_state, "queue": queue_state, "minutes": minutes_state}
        if noun != "room":
            return {"state": states[noun](room), "html": self._html(noun)}
        whole = room_whole(room)
        lists = {name: whole.pop(name) for name in ("polls", "questions", "blocks")}
        state = {name: value for name, value in whole.items() if name not in ("occurrence", "last_seq")}
        return {"state": state, "rows": lists, "html": self._html(*PARTS)}

    def _question(self, pk: int) -> dict[str, Any]:
        rows = [question_row(question) for question in questions_of(self.room).filter(pk=pk)]
        return {"rows": {"questions": rows}} if rows else {"removed": {"questions": [pk]}}

    def _block(self, pk: int) -> dict[str, Any]:
        block = blocks_in(self.room).filter(pk=pk).first()
        if block is None:
            return {"removed": {"blocks": [pk]}, "html": {f"bloc-{pk}": ""}}
        html = render_to_string("events/_block.html", {"block": block, "occurrence": self.room.occurrence})
        return {"rows": {"blocks": [room_block(block)]}, "html": {f"bloc-{pk}": html}}

    def _html(self, *nouns: str) -> dict[str, str]:
        parts = (PARTS[noun] for noun in nouns if noun in PARTS)
        return {name: render_to_string(template, part_context(self.room)) for name, template in parts}


def part_context(room: Room) -> dict[str, Any]:
    """Return what the partials of a room show, the same for everybody."""
    queue, questions = queue_of(room), list(questions_of(room))
    return {
        "room": room,
        "occurrence": room.occurrence,
        "steps": room.occurrence.shown_agenda,
        "step_ends_at": step_ends_at(room),
        "turn": current_turn(room),
        "queue": queue[:SHOWN],
        "more_hands": max(len(queue) - SHOWN, 0),
        "polls": [{"poll": poll, "results": results(poll), "mine": None} for poll in polls_of(room)],
        "questions": questions[:SHOWN],
        "more_questions": max(len(questions) - SHOWN, 0),
        "voted": set(),
    }


def results(poll: Poll, mine: int | None = None) -> list[dict[str, Any]] | None:
    """Return each answer with its votes and their share in percent; none for who has not answered an open poll."""
    counts = poll_row(poll, mine)["counts"]
    if counts is None:
        return None
    voters = max(sum(counts), 1)
    pairs = zip(poll.options, counts, strict=True)
    return [{"label": label, "count": n, "percent": round(100 * n / voters)} for label, n in pairs]


def step_ends_at(room: Room) -> datetime.datetime | None:
    """Return when the current step is to end, while its clock runs."""
    if room.step is None or room.step_began_at is None or room.step >= len(room.occurrence.shown_agenda):
        return None
    minutes = int(str(room.occurrence.shown_agenda[room.step]["minutes"]))
    return room.step_began_at + datetime.timedelta(seconds=60 * minutes - room.step_spent_seconds)
