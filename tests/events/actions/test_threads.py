"""The thread of a meeting: opened once at first need, read by who may see the meeting, followed by seat."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from commons.errors import Conflict
from commons.people.enums import MemberRole
from commons.people.models import User
from events.actions import (
    answer,
    change_following,
    change_occurrence,
    change_series,
    open_thread,
    set_facilitators,
    skip_date,
)
from events.enums import Visibility
from events.models import Occurrence
from events.queries import occurrences_visible_to
from forum.actions import follow_thread
from forum.models import Follow, Thread
from forum.queries import threads_visible_to
from tests.factories.events import occurrence_of, rows_of, series_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join

pytestmark = pytest.mark.django_db


def test_readers_of_the_thread_are_those_of_the_meeting_for_every_role() -> None:
    network, friend = NetworkFactory.create(), UserFactory.create()
    curator = curator_of(network)
    for visibility in Visibility.values:
        series = series_of(curator, network=network, visibility=visibility, rrule="")
        open_thread(by=curator, occurrence=rows_of(series)[0])
    set_facilitators(by=curator, series=series, people=[friend.pk])
    people: dict[str, Any] = {
        "visitor": AnonymousUser(),
        "named facilitator": friend,
        "stranger": UserFactory.create(),
        "moderator": UserFactory.create(is_moderator=True),
        "administrator": UserFactory.create(is_administrator=True),
    }
    for role in MemberRole.values:
        people[role] = UserFactory.create()
        join(people[role], network, role)
    counts = {}
    for name, user in people.items():
        meetings = Occurrence.objects.filter(pk__in=occurrences_visible_to(user))
        assert set(threads_visible_to(user)) == set(Thread.objects.filter(occurrence__in=meetings)), name
        counts[name] = meetings.count()
    assert counts == {
        "visitor": 1,
        "named facilitator": 3,
        "stranger": 2,
        "moderator": 3,
        "administrator": 3,
        "member": 3,
        "curator": 3,
        "facilitator": 3,
    }


def test_the_thread_follows_title_date_audience_and_split() -> None:
    network = NetworkFactory.create()
    curator = curator_of(network)
    series = series_of(curator, network=network, start="2026-12-01T14:00")
    first, _second, third = rows_of(series)[:3]
    threads = [open_thread(by=curator, occurrence=row) for row in (first, third)]
    assert open_thread(by=curator, occurrence=first) == threads[0]
    change_series(by=curator, series=series, values={"visibility": "network", "title": "Entre nous"})
    change_occurrence(by=curator, occurrence=first, values={"start": "2026-12-02T10:00"})
    new = change_following(by=curator, occurrence=third, values={"visibility": "members"})
    assert [(row.title, row.audience, row.network_id) for row in Thread.objects.order_by("pk")] == [
        ("Entre nous, 02/12/2026", "network", network.pk),
        ("Entre nous, 15/12/2026", "members", network.pk),
    ]
    assert rows_of(new)[0].thread == threads[1]


def level_of(person: User) -> str:
    return Follow.objects.get(user=person).level


def test_a_seat_sets_how_closely_one_follows() -> None:
    person, other = UserFactory.create(), UserFactory.create()
    occurrence = occurrence_of()
    answer(by=other, occurrence=occurrence, answer="no")
    assert Thread.objects.count() == 0
    levels = []
    for said in ("yes", "maybe", "no"):
        answer(by=person, occurrence=occurrence, answer=said)
        levels.append(level_of(person))
    assert levels == ["watching", "tracking", "normal"]
    follow_thread(by=person, thread=Thread.objects.get(), level="muted")
    answer(by=person, occurrence=occurrence)
    assert level_of(person) == "muted"


def test_a_network_that_is_gone_leaves_no_space() -> None:
    network = NetworkFactory.create()
    curator = curator_of(network)
    first, second = rows_of(series_of(curator, network=network, visibility="network"))[:2]
    open_thread(by=curator, occurrence=first)
    network.delete()
    answer(by=curator, occurrence=second)
    assert Thread.objects.count() == 0
    with pytest.raises(Conflict) as caught:
        open_thread(by=curator, occurrence=first)
    assert caught.value.code == "no_space"
    change_series(by=curator, series=first.series, values={"visibility": "public"})
    thread = open_thread(by=curator, occurrence=first)
    first.series.refresh_from_db()
    change_occurrence(by=curator, occurrence=first, values={"title": "Sans réseau"})
    thread.refresh_from_db()
    assert (thread.audience, thread.title[:11]) == ("public", "Sans réseau")


def test_a_meeting_that_is_talked_about_is_not_skipped() -> None:
    host = UserFactory.create()
    occurrence = occurrence_of(host)
    open_thread(by=host, occurrence=occurrence)
    with pytest.raises(Conflict):
        skip_date(by=host, series=occurrence.series, start=occurrence.recurrence_id)
