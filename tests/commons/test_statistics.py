"""The database knows how its rows are spread once it was told to count them."""

import pytest
from django.db import connection

from commons.statistics import count_rows
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db
COUNTED = {
    "sqlite": "SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = 'practices_sheet' AND stat LIKE '1 %'",
    "postgresql": "SELECT COUNT(*) FROM pg_class WHERE relname = 'practices_sheet' AND reltuples = 1",
}


def test_rows_are_counted() -> None:
    published_sheet()
    count_rows()
    with connection.cursor() as cursor:
        cursor.execute(COUNTED[connection.vendor])
        assert cursor.fetchone()[0] > 0
