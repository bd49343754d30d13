"""Proves that every difference between database and index is seen and mended."""

import pytest

from commons.search.engines import engine
from commons.search.engines.protocol import Document
from commons.search.outbox import drain
from commons.search.sources import shape
from commons.search.upkeep import Difference, differences, expected_count, mend, rebuild
from practices.models import Sheet
from tests.factories.search import fresh_index
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


def test_missing_outdated_and_extra_documents_are_seen_and_mended() -> None:
    outdated, missing = published_sheet(title="Avant"), published_sheet()
    fresh_index()
    Sheet.objects.filter(pk=outdated.pk).update(title="Après")  # as SQL by hand would: nothing is marked
    engine().write([Document("sheet", "extra", "Trop", ("public",))], [f"sheet_{missing.pk}"], shape())
    found = list(differences())
    assert sorted(found, key=lambda d: d.how) == [
        Difference("sheet_extra", "extra"),
        Difference(f"sheet_{missing.pk}", "missing"),
        Difference(f"sheet_{outdated.pk}", "outdated"),
    ]
    mend(found)
    assert drain() == 3
    assert list(differences()) == []


def test_rebuilding_holds_every_document_once() -> None:
    published_sheet()
    assert rebuild() == expected_count() == len(list(engine().contents()))
