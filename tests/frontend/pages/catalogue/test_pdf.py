"""The PDF of a sheet is tagged, made once for each version, and its absence is said in words."""

import re
import sys
import zlib

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from practices.actions import publish_version, save_sheet
from practices.models import Sheet
from tests.factories.sheets import published_sheet

pytest.importorskip("weasyprint", exc_type=OSError, reason="Pango is not on this machine")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:weasyprint", "ignore::DeprecationWarning:fontTools"),
]


def answer_for(client: Client, sheet: Sheet) -> bytes:
    answer = client.get(reverse("sheet_export", args=[sheet.pk, "pdf"]))
    assert answer.headers["Content-Type"] == "application/pdf"
    return answer.content


def kept_of(sheet: Sheet) -> list[str]:
    return sorted(path.name for path in (settings.VAR_DIR / "pdf").glob(f"{sheet.pk}-*"))


def test_a_pdf_is_tagged_and_made_once_for_each_version(client: Client) -> None:
    sheet = published_sheet()
    made = answer_for(client, sheet)
    assert made.startswith(b"%PDF-")
    inside = b"".join(map(zlib.decompress, re.findall(rb"stream\n(.*?)\nendstream", made, re.DOTALL)))
    assert b"/StructTreeRoot" in inside
    assert b"pdfuaid" in made + inside
    assert kept_of(sheet) == [f"{sheet.pk}-v1-fr-2.pdf"]
    place = settings.VAR_DIR / "pdf" / f"{sheet.pk}-v1-fr-2.pdf"
    place.write_bytes(b"%PDF-kept")
    assert answer_for(client, sheet) == b"%PDF-kept"
    sheet.refresh_from_db()
    save_sheet(by=sheet.created_by, sheet=sheet, values={"title": "Autre titre"}, revision=sheet.revision)
    publish_version(by=sheet.created_by, sheet=sheet, reason="Titre")
    assert answer_for(client, sheet) != b"%PDF-kept"
    assert kept_of(sheet) == [f"{sheet.pk}-v2-fr-2.pdf"]


def test_without_pango_the_page_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = published_sheet()

    class Missing:
        def find_spec(self, name: str, *_others: object) -> None:
            if name == "weasyprint":
                message = "cannot load library 'libpango-1.0-0'"
                raise OSError(message)

    monkeypatch.delitem(sys.modules, "weasyprint")
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    answer = client.get(reverse("sheet_export", args=[sheet.pk, "pdf"]))
    assert answer.status_code == 503
    assert "Ce serveur ne sait pas faire de PDF" in answer.content.decode()
