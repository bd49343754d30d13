"""The demonstration's trials form trees, and one sheet has earned strong evidence."""

import datetime

import pytest

from frontend.demo.files import moment
from practices.models import Rating, Sheet, Trial

pytestmark = pytest.mark.usefixtures("loaded")


def test_trials_form_trees_within_a_sheet() -> None:
    children = Trial.objects.filter(parent__isnull=False).select_related("parent")
    assert len(children) == 8
    assert [child.pk for child in children if child.parent and child.parent.sheet_id != child.sheet_id] == []
    assert Trial.objects.filter(parent__parent__isnull=False).count() == 1


def test_one_sheet_has_strong_evidence() -> None:
    strong = Sheet.objects.filter(evidence="strong")
    assert [sheet.source_key for sheet in strong] == ["demo:message-de-la-veille"]


def test_trials_and_ratings_date_from_after_publication(today: datetime.date) -> None:
    for model in (Trial, Rating):
        for echo in model.objects.select_related("sheet"):
            published = echo.sheet.published_at
            assert published is not None
            assert published <= echo.created_at <= moment(today, 0)


def test_the_last_activity_of_a_sheet_is_its_last_trial(today: datetime.date) -> None:
    assert Sheet.objects.get(source_key="demo:message-de-la-veille").last_activity_at == moment(today, 45)


def test_a_need_is_shared() -> None:
    need = Sheet.objects.get(source_key="demo:besoin-compter-les-publics-en-ligne")
    assert (need.support_count, need.trial_count) == (5, 0)
