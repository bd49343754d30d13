"""The demonstration has a workshop in session, that a newcomer can walk into."""

import pytest
from django.utils import timezone

from events.models import Occurrence
from events.queries import current_turn, polls_of, questions_of, queue_of, results_of, room_of

pytestmark = pytest.mark.usefixtures("loaded")


def test_a_room_is_open_with_somebody_speaking() -> None:
    occurrence = Occurrence.objects.get(room__opened_at__isnull=False)
    room = room_of(occurrence)
    assert (room.state, room.step, occurrence.starts_at < timezone.now() < occurrence.ends_at) == ("open", 1, True)
    assert current_turn(room).user.public_name == "Amina Bellouard"
    assert [(hand.kind, hand.user.public_name) for hand in queue_of(room)] == [
        ("fact", "Léonie Grasvert"),
        ("reply", "Pauline Estérac"),
        ("point", "Thibault Marcenay"),
    ]
    assert [results_of(poll) for poll in polls_of(room)] == [[0, 2, 1, 1]]
    assert [question.voices for question in questions_of(room)] == [3, 2]
    assert occurrence.minutes.blocks.count() == 2
