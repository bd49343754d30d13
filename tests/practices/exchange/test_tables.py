"""A CSV has one row for each sheet, and no cell that a spreadsheet would compute."""

import csv
import io

import pytest

from practices.exchange.tables import COLUMNS, csv_of, inert
from practices.fields import FIELDS
from practices.models import Sheet
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


def rows(*sheets: Sheet) -> list[dict[str, str]]:
    text = csv_of(sheets)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_columns_are_the_codes_of_the_field_table() -> None:
    assert list(COLUMNS[2:-4]) == [field.code for field in FIELDS]


def test_a_sheet_is_a_row_of_words() -> None:
    sheet = published_sheet(title="=HYPERLINK(1)", authors=[{"name": "Ada"}])
    (row,) = rows(sheet)
    assert row["title"] == "'=HYPERLINK(1)"
    assert row["id"] == sheet.pk
    assert row["url"].endswith(sheet.get_absolute_url())
    assert (row["domain"], row["outcome"], row["version"]) == ("Médiation", "A fonctionné", "1")
    assert row["attribution"].startswith(f"Ada, {sheet.institution.name} – Creative Commons")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n-1", "\uff1d1"])
def test_what_could_be_a_formula_is_made_text(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Un titre", "a=b", "12 € - 15 €", "« = »"])
def test_harmless_text_is_left_alone(cell: str) -> None:
    assert inert(cell) == cell
