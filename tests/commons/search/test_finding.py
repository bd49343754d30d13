"""Proves that searching shows each person what they may read, and nothing else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from commons.people.actions import leave_network
from commons.people.models import User
from commons.search.engines import engine
from commons.search.finding import Search, find, suggest
from commons.search.sources import shape
from practices.models import Sheet
from practices.search import sheet_document
from tests.factories.people import NetworkFactory, UserFactory, join
from tests.factories.search import found_by, fresh_index
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


@pytest.fixture(autouse=True)
def _fresh() -> None:
    fresh_index()


def test_each_person_finds_what_they_may_read() -> None:
    network = NetworkFactory.create()
    author = UserFactory.create()
    join(author, network)
    member, stranger, moderator = UserFactory.create(), UserFactory.create(), UserFactory.create(is_moderator=True)
    join(member, network)
    kept = {"title": "Un zeppelin au musée"}
    public = published_sheet(**kept)
    members = published_sheet(**kept, confidentiality="members")
    ours = published_sheet(by=author, network=network, **kept, confidentiality="network")
    draft_sheet(**kept)
    readers: dict[str, tuple[User | AnonymousUser, set[str]]] = {
        "visitor": (VISITOR, {public.pk}),
        "stranger": (stranger, {public.pk, members.pk}),
        "member": (member, {public.pk, members.pk, ours.pk}),
        "author": (author, {public.pk, members.pk, ours.pk}),
        "moderator": (moderator, {public.pk, members.pk, ours.pk}),
    }
    found = {name: {pk for _kind, pk in found_by(user, "zeppelin")} for name, (user, _ids) in readers.items()}
    assert found == {name: ids for name, (_user, ids) in readers.items()}
    totals = {name: find(user, Search("zeppelin")).total for name, (user, _ids) in readers.items()}
    assert totals == {name: len(ids) for name, (_user, ids) in readers.items()}


def test_who_leaves_a_network_finds_its_sheets_no_more_at_once() -> None:
    network = NetworkFactory.create()
    author, member = UserFactory.create(), UserFactory.create()
    join(author, network)
    join(member, network)
    published_sheet(by=author, network=network, title="Un zeppelin", confidentiality="network", tags=["dirigeable"])
    assert len(found_by(member, "zeppelin")) == 1
    leave_network(by=member, network=network)
    left = User.objects.get(pk=member.pk)
    found = find(left, Search("zeppelni"))
    assert (found.total, found.hits, found.results.did_you_mean) == (0, (), "")
    assert found.results.facets["kind"] == {}
    assert suggest(left, "zepp").hits == ()


def test_a_stale_index_shows_nothing_that_was_closed() -> None:
    sheet = published_sheet(title="Un zeppelin")
    assert found_by(VISITOR, "zeppelin") == [("sheet", sheet.pk)]
    Sheet.objects.filter(pk=sheet.pk).update(confidentiality="private")  # not told to the index
    found = find(VISITOR, Search("zeppelin"))
    assert (found.hits, found.total) == ((), 0)


def test_people_are_found_by_members_only() -> None:
    person = UserFactory.create(public_name="Ondine Zeppelin")
    assert found_by(VISITOR, "ondine") == []
    assert found_by(UserFactory.create(), "ondine") == [("person", str(person.pk))]


def test_the_chatham_house_rule_leaves_no_name_in_the_index() -> None:
    author = UserFactory.create(public_name="Ondine Zeppelin")
    sheet = published_sheet(by=author, title="Anonyme", confidentiality="chatham")
    document = sheet_document(Sheet.objects.select_related("version").get(pk=sheet.pk))
    assert "zeppelin" not in repr(document).lower()
    assert author.institution.name not in repr(document)


def test_an_english_sheet_is_found_by_the_french_words_of_its_terms_and_codes() -> None:
    sheet = published_sheet(title="Seats online", language="en", format=["ticketing_crm"])
    assert ("sheet", sheet.pk) in found_by(VISITOR, "billetterie", kinds=("sheet",))


def test_the_shape_comes_from_the_field_table() -> None:
    assert {"genre", "domain", "format", "effort_setup", "cost_setup", "team_size"} <= set(shape().facets)
    assert not engine().is_stale(shape())
