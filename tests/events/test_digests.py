"""The next workshops: seen, taking place, not declined, soon."""

import datetime

import pytest
from django.utils import timezone

from events.actions import answer, set_status
from events.digests import next_workshops
from tests.factories.events import occurrence_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_the_next_meetings_that_one_has_not_declined() -> None:
    me, host, now = UserFactory.create(), UserFactory.create(), timezone.now()

    def meeting(title: str, days: int) -> object:
        start = f"{now + datetime.timedelta(days=days):%Y-%m-%dT14:00}"
        return occurrence_of(host, title=title, start=start, rrule="")

    second, first = meeting("Codéveloppement", 4), meeting("Débat", 2)
    meeting("Dans longtemps", 30)
    answer(by=me, occurrence=meeting("Décliné", 3), answer="no")
    set_status(by=host, occurrence=meeting("Annulé", 3), status="cancelled")
    found = list(next_workshops(me, now, now + datetime.timedelta(days=14)))
    assert [(entry.title, entry.url) for entry in found] == [
        ("Débat", first.get_absolute_url()),
        ("Codéveloppement", second.get_absolute_url()),
    ]
    assert "14 h" in found[0].note
