"""What is kept for all who are in the same networks, with each reader's own beside it, is what each may read."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from commons.people.enums import MemberRole
from frontend.pages.catalogue.listing import counts_asked, keys_of, nearest
from frontend.pages.search.asking import Asked
from practices.models import Sheet
from practices.queries import catalogue_counts, sheets_visible_to
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("chosen", [{}, {"format": ["podcast"]}])
def test_everybody_is_told_the_counts_of_what_they_may_read(chosen: dict[str, list[str]]) -> None:
    network, author = NetworkFactory.create(), UserFactory.create()
    join(author, network)
    for confidentiality in ("public", "members", "chatham", "network"):
        published_sheet(author, network=network, confidentiality=confidentiality)
    left = UserFactory.create()
    join(left, network)
    published_sheet(left, network=network, confidentiality="network")
    left.memberships.all().delete()
    people = {
        "author outside": left,
        "stranger": UserFactory.create(),
        "member": author,
        "visitor": AnonymousUser(),
        "moderator": UserFactory.create(is_moderator=True),
    }
    for role in (MemberRole.CURATOR, MemberRole.FACILITATOR):
        people[role] = UserFactory.create()
        join(people[role], network, role)
    asked = Asked(sort="new", chosen=chosen)
    for _kept in range(2):
        for name, user in people.items():
            person = type(user).objects.get(pk=user.pk) if user.is_authenticated else user
            counts = counts_asked(person, asked, keys_of(person, asked))
            assert counts == catalogue_counts(sheets_visible_to(person).published(), chosen), name
    numbers = {name: sheets_visible_to(user).published().count() for name, user in people.items()}
    assert numbers == {
        "author outside": 4, "stranger": 3, "member": 5, "visitor": 1, "moderator": 5, "curator": 5, "facilitator": 5,
    }  # fmt: skip


def test_the_nearest_are_looked_for_once_and_read_anew(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first, near, nearer = (published_sheet(title=f"Fiche {n}") for n in range(3))
    sheet = Sheet.objects.select_related("version").get(pk=first.pk)
    with django_assert_num_queries(2):  # whether anything moved, and the search
        assert nearest(AnonymousUser(), sheet) == [nearer, near]
    with django_assert_num_queries(2):  # whether anything moved, and those found
        assert nearest(AnonymousUser(), sheet) == [nearer, near]
    Sheet.objects.filter(pk=nearer.pk).update(confidentiality="members")
    assert nearest(AnonymousUser(), sheet) == [near]
    newest = published_sheet(title="La dernière")
    assert nearest(AnonymousUser(), sheet) == [newest, near]


def test_members_are_shown_what_is_near_in_their_networks() -> None:
    network, member, sheet = NetworkFactory.create(), UserFactory.create(), published_sheet()
    author = UserFactory.create()
    for person in (author, member):
        join(person, network)
    within = published_sheet(author, network=network, confidentiality="network")
    assert nearest(member, sheet) == [within]
    assert nearest(UserFactory.create(), sheet) == nearest(AnonymousUser(), sheet) == []
