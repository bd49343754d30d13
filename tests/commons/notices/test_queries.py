"""What a person may read of their notices, and when mails are welcome."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser

from commons.notices.models import Notice, Rhythm
from commons.notices.queries import lines_of, notices_of, quiet_end, stance, unread_count
from tests.factories.people import UserFactory


@pytest.mark.parametrize(
    ("first", "last", "clock", "end"),
    [
        (21, 7, "2026-09-01T20:59", None),
        (21, 7, "2026-09-01T21:00", "2026-09-02T07:00"),
        (21, 7, "2026-09-02T06:59", "2026-09-02T07:00"),
        (21, 7, "2026-09-02T07:00", None),
        (12, 14, "2026-09-01T12:30", "2026-09-01T14:00"),
        (12, 14, "2026-09-01T14:00", None),
        (9, 9, "2026-09-01T09:00", None),
        (21, 7, "2026-10-24T23:00", "2026-10-25T07:00"),  # the night the clocks change
    ],
)
def test_quiet_hours_end_at_the_sites_own_clock(first: int, last: int, clock: str, end: str | None) -> None:
    rhythm = Rhythm(quiet_from=datetime.time(first), quiet_until=datetime.time(last))
    paris = ZoneInfo("Europe/Paris")
    found = quiet_end(rhythm, datetime.datetime.fromisoformat(clock).replace(tzinfo=paris))
    assert (found and found.astimezone(paris).strftime("%Y-%m-%dT%H:%M")) == end


def test_without_quiet_hours_mails_are_always_welcome() -> None:
    assert quiet_end(Rhythm(), datetime.datetime.now(datetime.UTC)) is None


@pytest.mark.django_db
def test_a_visitor_has_none_of_it() -> None:
    visitor = AnonymousUser()
    assert (list(notices_of(visitor)), unread_count(visitor), stance(visitor, "network:1")) == ([], 0, "")


@pytest.mark.django_db
def test_a_kind_or_a_noun_that_nobody_brings_any_more_is_not_said() -> None:
    person = UserFactory.create()
    old = [Notice.objects.create(user=person, subject=f"network:{number}", kind="unheard") for number in range(2)] + [
        Notice.objects.create(user=person, subject="planet:1", kind="reply")
    ]
    assert lines_of(person, old) == []
