"""The demonstration's workshops have a past, minutes, and names only where names are written."""

import pytest

from events.models import Block, Occurrence, Series

pytestmark = pytest.mark.usefixtures("loaded")


def test_series_have_a_past_and_minutes() -> None:
    series = Series.objects.filter(occurrences__room__opened_at=None)
    assert dict(series.values_list("title", "is_chatham")) == {
        "L’atelier des échecs": True,
        "Le mardi des Cintres": False,
    }
    written = Occurrence.objects.exclude(minutes=None).filter(room__opened_at=None)
    assert {row.series.title: row.minutes.blocks.count() for row in written} == {
        "L’atelier des échecs": 2,
        "Le mardi des Cintres": 4,
    }
    assert Block.objects.filter(minutes__occurrence__series__is_chatham=True).exclude(by=None).count() == 0
