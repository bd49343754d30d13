"""Files of sheets through the API: sent and forgotten by editors, hidden from everybody else."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from practices.actions import publish_version, save_sheet
from practices.models import Sheet
from tests.factories.api import client_of, refusal
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def door(sheet: Sheet) -> str:
    return f"/api/v1/sheets/{sheet.pk}/uploads/"


def picture(name: str = "Affiche é.png") -> dict[str, SimpleUploadedFile]:
    out = io.BytesIO()
    Image.new("RGB", (3, 2)).save(out, format="PNG")
    return {"file": SimpleUploadedFile(name, out.getvalue())}


def test_a_file_is_sent_listed_and_forgotten() -> None:
    sheet = draft_sheet()
    author = client_of(sheet.created_by)
    made = author.post(door(sheet), picture(), format="multipart")
    row = made.json()
    assert (made.status_code, row["name"], row["content_type"], row["width"], row["height"]) == (
        201, "affiche-e.png", "image/png", 3, 2,
    )  # fmt: skip
    assert author.get(door(sheet)).json()["results"] == [row]
    assert author.delete(f"{door(sheet)}{row['id']}/").status_code == 204
    assert author.get(door(sheet)).json()["results"] == []
    assert refusal(author.delete(f"{door(sheet)}{row['id']}/")) == (404, "not_found")


def test_what_a_version_shows_is_kept() -> None:
    sheet = published_sheet()
    author = client_of(sheet.created_by)
    upload = author.post(door(sheet), picture(), format="multipart").json()["id"]
    media = [{"upload": upload, "alt": "Une affiche", "licence": "CC-BY-4.0"}]
    save_sheet(by=sheet.created_by, sheet=sheet, values={"media": media}, revision=sheet.revision)
    publish_version(by=sheet.created_by, sheet=sheet, reason="Une image")
    assert refusal(author.delete(f"{door(sheet)}{upload}/")) == (422, "in_use")


def test_files_are_refused_as_the_action_refuses_them() -> None:
    sheet = published_sheet()
    author, reader = client_of(sheet.created_by), client_of(UserFactory.create())
    text = {"file": SimpleUploadedFile("a.png", b"<svg onload=alert(1)>")}
    assert refusal(author.post(door(sheet), text, format="multipart")) == (422, "invalid")
    assert refusal(author.post(door(sheet), {}, format="multipart")) == (422, "invalid")
    assert refusal(author.post(door(sheet), {"file": "a"}, format="json")) == (415, "unsupported_media_type")
    assert refusal(reader.post(door(sheet), picture(), format="multipart")) == (403, "not_allowed")
    assert refusal(reader.get(door(sheet))) == (404, "not_found")
    assert refusal(client_of().post(door(sheet), picture(), format="multipart")) == (401, "not_authenticated")


def test_files_of_a_hidden_sheet_are_hidden() -> None:
    sheet = draft_sheet()
    upload = client_of(sheet.created_by).post(door(sheet), picture(), format="multipart").json()["id"]
    for client in (client_of(UserFactory.create()), client_of(UserFactory.create(is_administrator=True))):
        assert refusal(client.get(door(sheet))) == (404, "not_found")
        assert refusal(client.post(door(sheet), picture(), format="multipart")) == (404, "not_found")
        assert refusal(client.delete(f"{door(sheet)}{upload}/")) == (404, "not_found")


def test_a_file_sent_again_under_one_key_is_kept_once() -> None:
    sheet = draft_sheet()
    author, once = client_of(sheet.created_by), {"Idempotency-Key": "a"}
    first, again = (author.post(door(sheet), picture(), format="multipart", headers=once) for _ in range(2))
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    other = {"file": SimpleUploadedFile("Affiche é.png", b"%PDF-1.7\nx")}
    refused = author.post(door(sheet), other, format="multipart", headers=once)
    assert refusal(refused) == (422, "idempotency_key_reused")
    assert sheet.uploads.count() == 1
