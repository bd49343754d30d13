"""Who sees which series: the queries and the rules say the same for every role."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from commons.people.enums import MemberRole
from events.actions import set_facilitators
from events.enums import Visibility
from events.models import Occurrence, Series
from events.queries import occurrences_visible_to, series_hosted_by, series_visible_to
from tests.factories.events import series_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join

pytestmark = pytest.mark.django_db


def test_queries_agree_with_rules_for_every_role() -> None:
    network, host, friend = NetworkFactory.create(), UserFactory.create(), UserFactory.create()
    curator = curator_of(network)
    for visibility in Visibility.values:
        series = series_of(curator, network=network, visibility=visibility, rrule="")
    set_facilitators(by=curator, series=series, people=[friend.pk])
    series_of(host, visibility=Visibility.MEMBERS, rrule="")
    people: dict[str, Any] = {
        "visitor": AnonymousUser(),
        "host": host,
        "named facilitator": friend,
        "stranger": UserFactory.create(),
        "moderator": UserFactory.create(is_moderator=True),
        "administrator": UserFactory.create(is_administrator=True),
        "closed account": UserFactory.create(is_active=False, is_administrator=True),
    }
    for role in MemberRole.values:
        people[role] = UserFactory.create()
        join(people[role], network, role)
    counts = {}
    for name, user in people.items():
        seen = set(series_visible_to(user))
        assert seen == {s for s in Series.objects.all() if user.has_perm("events.view_series", s)}, name
        meetings = set(occurrences_visible_to(user))
        assert meetings == {o for o in Occurrence.objects.all() if user.has_perm("events.view_occurrence", o)}, name
        may_change = {s for s in seen if user.has_perm("events.change_series", s)}
        counts[name] = (len(seen), len(meetings), len(may_change))
    assert counts == {
        "visitor": (1, 1, 0),
        "host": (3, 3, 1),
        "named facilitator": (4, 4, 1),
        "stranger": (3, 3, 0),
        "moderator": (4, 4, 4),
        "administrator": (4, 4, 4),
        "closed account": (1, 1, 0),
        "member": (4, 4, 0),
        "curator": (4, 4, 3),
        "facilitator": (4, 4, 3),
    }


def test_series_hosted_by_are_those_one_may_change() -> None:
    network = NetworkFactory.create()
    curator, stranger = curator_of(network), UserFactory.create()
    mine = series_of(curator, network=network, rrule="")
    other = series_of(stranger, rrule="")
    assert [set(series_hosted_by(user)) for user in (curator, stranger, AnonymousUser())] == [{mine}, {other}, set()]
