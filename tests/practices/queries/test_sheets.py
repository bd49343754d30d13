"""Which sheets a person may read, and how lists filter and count them."""

import itertools
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from commons.people.enums import MemberRole
from practices.enums import Confidentiality, EditorialState
from practices.models import Sheet
from practices.queries import (
    facet_counts,
    sheets_filtered,
    sheets_open_beside,
    sheets_open_to,
    sheets_to_decide,
    sheets_visible_to,
    sheets_written_by,
    versions_of,
)
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.sheets import draft_sheet, join_authors, published_sheet, sheet_in

pytestmark = pytest.mark.django_db


def test_sheets_visible_to_agrees_with_view_sheet_for_every_role() -> None:
    network, author, friend = NetworkFactory.create(), UserFactory.create(), UserFactory.create()
    join(author, network)
    for state, confidentiality in itertools.product(EditorialState.values, Confidentiality.values):
        if confidentiality != Confidentiality.PRIVATE or state == EditorialState.DRAFT:
            sheet = sheet_in(state, by=author, network=network, confidentiality=confidentiality)
    join_authors(sheet, friend)
    people: dict[str, Any] = {
        "visitor": AnonymousUser(),
        "author": author,
        "co-author": friend,
        "stranger": UserFactory.create(),
    }
    for role in MemberRole.values:
        people[role] = UserFactory.create()
        join(people[role], network, role)
    people["moderator"] = UserFactory.create(is_moderator=True)
    people["administrator"] = UserFactory.create(is_administrator=True)
    people["closed account"] = UserFactory.create(is_active=False, is_administrator=True)
    counts = {}
    for name, user in people.items():
        seen = set(sheets_visible_to(user))
        assert seen == {s for s in Sheet.objects.all() if user.has_perm("practices.view_sheet", s)}, name
        parts = [*sheets_open_to(user), *sheets_open_beside(user)]
        assert (len(parts), set(parts)) == (len(set(parts)), {s for s in seen if s.is_published}), name
        counts[name] = len(seen)
    assert counts == {
        "visitor": 3,
        "author": 25,
        "co-author": 10,
        "stranger": 9,
        "member": 12,
        "curator": 20,
        "facilitator": 12,
        "moderator": 20,
        "administrator": 20,
        "closed account": 3,
    }


def test_sheets_to_decide_are_the_curators_own() -> None:
    network, author = NetworkFactory.create(), UserFactory.create()
    curator, other = UserFactory.create(), UserFactory.create()
    join(author, network)
    join(curator, network, MemberRole.CURATOR)
    join(other, NetworkFactory.create(), MemberRole.CURATOR)
    sheets = [sheet_in(state, by=author, network=network) for state in EditorialState.values]
    waiting = {sheets[1], sheets[2], sheets[4]}
    assert set(sheets_to_decide(curator)) == waiting
    assert set(sheets_to_decide(other)) == set()
    assert set(sheets_to_decide(AnonymousUser())) == set()
    assert set(sheets_to_decide(UserFactory.create(is_moderator=True))) == waiting


def test_sheets_written_by_holds_drafts_too() -> None:
    author = UserFactory.create()
    mine = {draft_sheet(author), published_sheet(author)}
    published_sheet()
    assert set(sheets_written_by(author)) == mine
    assert set(sheets_written_by(AnonymousUser())) == set()


def test_sheets_filtered_joins_codes_of_a_field_and_crosses_fields() -> None:
    podcast = published_sheet(format=["podcast"], discipline=["dance"])
    film = published_sheet(format=["long_video"], discipline=["dance"])
    published_sheet(format=["podcast"], discipline=["jazz"])
    every = sheets_visible_to(AnonymousUser())
    assert set(sheets_filtered(every, {"format": ["podcast", "long_video"], "discipline": ["dance"]})) == {
        podcast,
        film,
    }
    assert sheets_filtered(every, {"format": [""], "colour": ["red"]}).count() == 3


@pytest.mark.parametrize("number", [1, 3])
def test_facet_counts_in_one_query(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(number):
        published_sheet(format=["podcast", "app"])
    draft_sheet()
    with django_assert_num_queries(1):
        counts = facet_counts(sheets_visible_to(AnonymousUser()), ["format", "outcome"])
    assert counts == {"format": {"app": number, "podcast": number}, "outcome": {"worked": number}}


def test_versions_of_are_newest_first_without_their_texts(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sheet = published_sheet()
    publisher = str(sheet.version.by)
    with django_assert_num_queries(1):
        assert [(v.number, str(v.by)) for v in versions_of(sheet)] == [(1, publisher)]
