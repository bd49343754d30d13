"""Owns the demonstration's workshop in session: an open room that a newcomer can walk into."""

import datetime

from django.utils import timezone

from commons.people.models import Network
from events.actions import (
    add_block,
    answer_poll,
    ask_question,
    create_series,
    end_turn,
    give_floor,
    open_poll,
    open_room,
    raise_hand,
    start_step,
    vote_question,
)
from events.models import Occurrence, Room, Series, Turn
from events.recurrence import wall_clock
from frontend.demo.files import Values, rows_of
from frontend.demo.people import People, people_of_demo

SINCE = datetime.timedelta(minutes=20)
STEP_SINCE = datetime.timedelta(minutes=8)
ZONE = "Europe/Paris"


def load_rooms() -> int:
    """Add the workshops in session that are missing and return how many; one that is there is left alone."""
    known = set(Series.objects.values_list("network__slug", "title"))
    missing = [row for row in rows_of("rooms") if (row["network"], row["title"]) not in known]
    people = people_of_demo()
    for row in missing:
        occurrence = _begun(row, people)
        _speak(row, people, occurrence)
        _ask(row, people, occurrence)
    return len(missing)


def _begun(row: Values, people: People) -> Occurrence:
    host, start = people[row["host"]], wall_clock(timezone.now() - SINCE, ZONE)
    named = {"title": row["title"], "network": Network.objects.get(slug=row["network"]), "timezone": ZONE}
    start_text = start.replace(second=0, microsecond=0).isoformat()
    values = row["values"] | named | {"start": start_text, "needs_confirmation": False}
    occurrence = create_series(by=host, values=values).occurrences.select_related("series").get()
    open_room(by=host, occurrence=occurrence)
    start_step(by=host, occurrence=occurrence, step=row["step"])
    Room.objects.filter(occurrence=occurrence).update(step_began_at=timezone.now() - STEP_SINCE)
    return occurrence


def _speak(row: Values, people: People, occurrence: Occurrence) -> None:
    host = people[row["host"]]
    for turn in row["spoken"]:
        raise_hand(by=people[turn["by"]], occurrence=occurrence, kind=turn["kind"])
        given = give_floor(by=host, occurrence=occurrence)
        end_turn(by=host, occurrence=occurrence)
        began = timezone.now() - datetime.timedelta(seconds=turn["seconds"])
        Turn.objects.filter(pk=given.pk).update(began_at=began)
    raise_hand(by=people[row["speaks"]["by"]], occurrence=occurrence, kind=row["speaks"]["kind"])
    give_floor(by=host, occurrence=occurrence)
    for hand in row["hands"]:
        raise_hand(by=people[hand["by"]], occurrence=occurrence, kind=hand["kind"])


def _ask(row: Values, people: People, occurrence: Occurrence) -> None:
    for asked in row["polls"]:
        values = {"question": asked["question"], "options": asked["options"]}
        poll = open_poll(by=people[row["host"]], occurrence=occurrence, **values)
        for email, option in asked["answers"].items():
            answer_poll(by=people[email], poll=poll, option=option)
    for asked in row["questions"]:
        question, _is_new = ask_question(by=people[asked["by"]], occurrence=occurrence, text=asked["text"])
        for email in asked["voices"]:
            vote_question(by=people[email], question=question)
    for block in row["minutes"]:
        add_block(by=people[block["by"]], occurrence=occurrence, text=block["text"], values={"kind": block["kind"]})
