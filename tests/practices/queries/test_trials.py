"""Trees of trials, and shrunk means."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from commons.errors import Invalid
from commons.people.models import Membership, User
from practices.actions import add_trial, change_trial, publish_version, rate_sheet, save_sheet
from practices.models import Sheet, Trial
from practices.queries import (
    AspectMeans,
    aspect_means,
    aspect_means_like,
    sheets_changed_by,
    sheets_visible_to,
    trial_tree,
    trials_visible_to,
)
from tests.factories.people import InstitutionFactory, NetworkFactory, UserFactory, join
from tests.factories.sheets import draft_sheet, published_sheet, sheet_in

pytestmark = pytest.mark.django_db


def tried(sheet: Sheet, parent: Trial | None = None) -> Trial:
    return add_trial(
        by=UserFactory.create(), sheet=sheet, adaptation="same", outcome="worked", recommend=7, parent=parent
    )


def test_trial_tree_puts_each_after_what_it_adapts(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sheet = published_sheet()
    first, second = tried(sheet), tried(sheet)
    child = tried(sheet, first)
    grandchild = tried(sheet, child)
    with django_assert_num_queries(1):
        tree = trial_tree(sheet.trials.all())
    assert tree == [(0, first), (1, child), (2, grandchild), (0, second)]


def test_trials_visible_to_follows_the_sheet() -> None:
    shown, hidden = tried(published_sheet()), tried(published_sheet(confidentiality="members"))
    assert set(trials_visible_to(AnonymousUser())) == {shown}
    assert set(trials_visible_to(UserFactory.create())) == {shown, hidden}


def test_a_trial_stays_with_those_it_was_told_to_when_its_sheet_opens() -> None:
    network, author, teller = NetworkFactory.create(), UserFactory.create(), UserFactory.create()
    for member in (author, teller):
        join(member, network)
    sheet = sheet_in("adopted", by=author, network=network, confidentiality="network")
    trial = add_trial(by=teller, sheet=sheet, adaptation="same", outcome="failed", recommend=2)
    saved = save_sheet(by=author, sheet=sheet, values={"confidentiality": "public"}, revision=sheet.revision)
    publish_version(by=author, sheet=saved, reason="Ouverte")
    colleague, stranger, moderator = UserFactory.create(), UserFactory.create(), UserFactory.create(is_moderator=True)
    join(colleague, network)
    Membership.objects.get(user=teller).delete()  # who told it reads it still
    told = [author, User.objects.get(pk=teller.pk), colleague, moderator]
    for reader in (*told, stranger, AnonymousUser()):
        assert sheets_visible_to(reader).filter(pk=sheet.pk).exists()
        allowed = reader.has_perm("practices.view_trial", Trial.objects.get())
        assert (allowed, list(trials_visible_to(reader))) == (reader in told, [trial] if reader in told else [])
    with pytest.raises(Invalid):
        add_trial(by=stranger, sheet=saved, adaptation="same", outcome="worked", recommend=9, parent=trial)
    change_trial(by=told[1], trial=Trial.objects.get(), adaptation="same", outcome="failed", recommend=3)
    assert list(trials_visible_to(AnonymousUser())) == [trial]


def test_sheets_changed_by_is_the_predicate_as_one_query() -> None:
    sheets = [published_sheet(), sheet_in("submitted"), draft_sheet()]
    people = [*(sheet.created_by for sheet in sheets), UserFactory.create(is_moderator=True), UserFactory.create()]
    for person in (*people, AnonymousUser()):
        allowed = {sheet for sheet in sheets if person and person.has_perm("practices.change_sheet", sheet)}
        assert set(sheets_changed_by(person)) == allowed


def test_aspect_means_shrink_towards_the_mean_of_all() -> None:
    praised, other = published_sheet(), published_sheet()
    rate_sheet(by=UserFactory.create(), sheet=praised, useful=5, clear=5, transferable=5)
    for _ in range(3):
        rate_sheet(by=UserFactory.create(), sheet=other, useful=1, clear=3, transferable=5)
    praised.refresh_from_db()
    means = aspect_means(praised)
    assert means is not None
    assert means.count == 1
    # prior of `useful`: (5 + 1 + 1 + 1) / 4 = 2; shrunk: (5 * 2 + 5) / (5 + 1)
    assert (means.useful, means.clear, means.transferable) == (2.5, (5 * 3.5 + 5) / 6, 5.0)


def test_aspect_means_of_nobody_is_nothing() -> None:
    assert aspect_means(published_sheet()) is None


def test_aspect_means_like_counts_the_houses_given() -> None:
    sheet, house = published_sheet(), InstitutionFactory.create()
    rate_sheet(by=UserFactory.create(institution=house), sheet=sheet, useful=4, clear=4, transferable=4)
    rate_sheet(by=UserFactory.create(), sheet=sheet, useful=2, clear=2, transferable=2)
    assert aspect_means_like(sheet, [house.pk]) == AspectMeans(1, 19 / 6, 19 / 6, 19 / 6)
    assert aspect_means_like(sheet, []) is None
