"""Ratings by aspect, and the support of needs."""

from typing import Any

import pytest

from commons.errors import Invalid, NotAllowed, NotFound
from practices.actions import rate_sheet, support_sheet, withdraw_rating, withdraw_support
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db
MARKS = {"useful": 5, "clear": 4, "transferable": 3}


def test_rate_sheet_again_changes_ones_marks() -> None:
    sheet, user = published_sheet(), UserFactory.create()
    rate_sheet(by=user, sheet=sheet, useful=1, clear=1, transferable=1)
    rating = rate_sheet(by=user, sheet=sheet, **MARKS)
    sheet.refresh_from_db()
    assert (sheet.rating_count, sheet.useful_sum, sheet.clear_sum, sheet.transferable_sum) == (1, 5, 4, 3)
    assert rating.institution == user.institution
    withdraw_rating(by=user, sheet=sheet)
    sheet.refresh_from_db()
    assert (sheet.rating_count, sheet.useful_sum) == (0, 0)


@pytest.mark.parametrize("mark", [0, 6, True, "5"])
def test_rate_sheet_refuses_a_mark_off_the_scale(mark: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        rate_sheet(by=UserFactory.create(), sheet=published_sheet(), **MARKS | {"clear": mark})
    assert list(refusal.value.fields) == ["clear"]


def test_rate_sheet_is_never_for_ones_own_house() -> None:
    sheet = published_sheet()
    for own in (sheet.created_by, UserFactory.create(institution=sheet.institution)):
        with pytest.raises(NotAllowed):
            rate_sheet(by=own, sheet=sheet, **MARKS)
    with pytest.raises(NotFound):
        rate_sheet(by=UserFactory.create(), sheet=draft_sheet(), **MARKS)


def test_support_sheet_counts_each_person_once() -> None:
    need = published_sheet(kind="need")
    user = UserFactory.create()
    support_sheet(by=user, sheet=need)
    support_sheet(by=user, sheet=need)
    need.refresh_from_db()
    assert need.support_count == 1
    withdraw_support(by=user, sheet=need)
    need.refresh_from_db()
    assert need.support_count == 0


def test_support_is_for_needs_only_and_trials_are_not() -> None:
    with pytest.raises(NotAllowed):
        support_sheet(by=UserFactory.create(), sheet=published_sheet())
    assert not UserFactory.create().has_perm("practices.add_trial", published_sheet(kind="need"))
