"""The sheet's images, sounds, documents and players."""

import re
from typing import Any

import pytest
from django.test import Client

from frontend.pages.catalogue.gallery import media_shown
from frontend.pages.catalogue.reading import text_of
from practices.actions import publish_version, save_sheet
from practices.models import Sheet, Upload
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


def _sheet_with(*media: dict[str, Any]) -> Sheet:
    sheet = published_sheet()
    assert sheet.created_by is not None
    rows = [{"alt": "Le bar", "licence": "CC-BY-4.0"} | row for row in media]
    save_sheet(by=sheet.created_by, sheet=sheet, values={"media": rows}, revision=sheet.revision)
    publish_version(by=sheet.created_by, sheet=sheet, reason="Images")
    sheet.refresh_from_db()
    return sheet


def _upload(sheet: Sheet, content_type: str) -> Upload:
    return Upload.objects.create(
        sheet=sheet,
        file="sheets/x",
        name="fichier",
        content_type=content_type,
        size=2048,
        sha256="0",
        width=4,
        height=3,
    )


def test_a_player_waits_for_a_click_and_an_unknown_host_is_a_link() -> None:
    sheet = _sheet_with(
        {"url": "https://vimeo.com/123456789", "transcript": "Ce qu’on **entend**"},
        {"url": "https://exemple.fr/video"},
        {"url": "https://exemple.fr/x", "upload": "01JXXXXXXXXXXXXXXXXXXXXXXX"},
    )
    page = Client().get(sheet.get_absolute_url()).content.decode()
    assert 'data-embed="https://player.vimeo.com/video/123456789?dnt=1"' in page
    assert "<iframe" not in page
    assert "<strong>entend</strong>" in page
    assert '<a href="https://exemple.fr/video" rel="nofollow ugc">Le bar</a>' in page
    assert re.findall(r'(?:src|srcset)="(https?:)', page) == []


@pytest.mark.parametrize(
    ("content_type", "shape"), [("image/png", "image"), ("audio/mpeg", "audio"), ("application/pdf", "document")]
)
def test_a_file_is_shown_by_what_it_is(content_type: str, shape: str) -> None:
    sheet = published_sheet()
    upload = _upload(sheet, content_type)
    assert sheet.version is not None
    sheet.version.content["media"] = [{"upload": upload.pk, "alt": "Le bar", "licence": "CC-BY-4.0", "credit": "Nour"}]
    shown = media_shown(sheet, text_of(sheet.version))
    assert [(medium["shape"], medium["credit"]) for medium in shown] == [(shape, "Nour")]


def test_a_file_that_is_gone_is_left_out() -> None:
    sheet = published_sheet()
    assert sheet.version is not None
    sheet.version.content["media"] = [{"upload": "01JXXXXXXXXXXXXXXXXXXXXXXX", "alt": "Le bar", "licence": "CC-BY-4.0"}]
    assert media_shown(sheet, text_of(sheet.version)) == []
