"""Trees of trials, and shrunk means."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from practices.actions import add_trial, rate_sheet
from practices.models import Sheet, Trial
from practices.queries import AspectMeans, aspect_means, aspect_means_like, trial_tree, trials_visible_to
from tests.factories.people import InstitutionFactory, UserFactory
from tests.factories.sheets import published_sheet

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
