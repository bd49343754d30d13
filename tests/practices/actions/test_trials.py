"""Trials: reported, corrected, counted."""

from typing import Any

import pytest

from commons.errors import Invalid, NotAllowed, NotFound
from practices.actions import add_trial, change_trial
from practices.models import Trial
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db
WORKED: dict[str, Any] = {"adaptation": "same", "outcome": "worked", "recommend": 8}


def test_add_trial_keeps_the_house_as_it_is_and_counts() -> None:
    sheet, user = published_sheet(), UserFactory.create()
    trial = add_trial(
        by=user,
        sheet=sheet,
        **WORKED | {"adaptation": "adapted"},
        changed="Au **foyer**.",
        values={"if_again": "Plus tôt."},
    )
    sheet.refresh_from_db()
    assert (trial.house["name"], trial.changed_html, trial.content) == (
        user.institution.name, "<p>Au <strong>foyer</strong>.</p>", {"if_again": "Plus tôt."},
    )  # fmt: skip
    assert trial.html == {"if_again": "<p>Plus tôt.</p>"}
    assert (sheet.trial_count, sheet.worked_count, sheet.mixed_count, sheet.failed_count) == (1, 1, 0, 0)


def test_three_independent_houses_earn_strong_evidence_and_lose_it() -> None:
    sheet = published_sheet()
    same_house = UserFactory.create()
    trials = [add_trial(by=same_house, sheet=sheet, **WORKED) for _ in range(3)]
    trials += [add_trial(by=UserFactory.create(), sheet=sheet, **WORKED)]
    sheet.refresh_from_db()
    assert sheet.evidence == "suggestive"
    last = add_trial(by=UserFactory.create(), sheet=sheet, **WORKED)
    sheet.refresh_from_db()
    assert (sheet.evidence, list(sheet.facet_values.filter(field="evidence").values_list("code", flat=True))) == (
        "strong", ["strong"],
    )  # fmt: skip
    change_trial(by=last.by, trial=last, **WORKED | {"outcome": "failed"})
    sheet.refresh_from_db()
    assert (sheet.evidence, sheet.worked_count, sheet.failed_count) == ("suggestive", 4, 1)


def test_add_trial_of_a_trial_makes_a_tree_within_one_sheet() -> None:
    sheet, other = published_sheet(), published_sheet()
    first = add_trial(by=UserFactory.create(), sheet=sheet, **WORKED)
    assert add_trial(by=UserFactory.create(), sheet=sheet, parent=first, **WORKED).parent == first
    with pytest.raises(Invalid) as refusal:
        add_trial(by=UserFactory.create(), sheet=other, parent=first, **WORKED)
    assert list(refusal.value.fields) == ["parent"]


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"adaptation": "stolen"}, "adaptation"),
        ({"outcome": "splendid"}, "outcome"),
        ({"recommend": 11}, "recommend"),
        ({"recommend": True}, "recommend"),
        ({"adaptation": "adapted"}, "changed"),
        ({"changed": "x" * 1501}, "changed"),
        ({"values": {"title": "x"}}, "title"),
    ],
)
def test_add_trial_refuses(facts: dict[str, Any], path: str) -> None:
    with pytest.raises(Invalid) as refusal:
        add_trial(by=UserFactory.create(), sheet=published_sheet(), **WORKED | facts)
    assert list(refusal.value.fields) == [path]
    assert Trial.objects.count() == 0


def test_add_trial_needs_a_house_that_is_not_the_sheets_own() -> None:
    sheet = published_sheet()
    with pytest.raises(Invalid) as refusal:
        add_trial(by=UserFactory.create(institution=None), sheet=sheet, **WORKED)
    assert refusal.value.code == "no_house"
    for own in (sheet.created_by, UserFactory.create(institution=sheet.institution)):
        with pytest.raises(NotAllowed):
            add_trial(by=own, sheet=sheet, **WORKED)
    with pytest.raises(NotFound):
        add_trial(by=UserFactory.create(), sheet=draft_sheet(), **WORKED)


def test_change_trial_is_for_who_wrote_it() -> None:
    trial = add_trial(by=UserFactory.create(), sheet=published_sheet(), **WORKED)
    with pytest.raises(NotAllowed):
        change_trial(by=trial.sheet.created_by, trial=trial, **WORKED)
