"""Files are what their bytes say."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from commons.errors import Invalid, NotAllowed
from practices.actions import save_sheet, uploads
from practices.actions.uploads import add_upload, remove_upload
from practices.models import Upload
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def image(kind: str, size: tuple[int, int] = (8, 6), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, format=kind, **options)
    return out.getvalue()


def sent(data: bytes, name: str = "Affiche été.html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize(
    ("data", "content_type", "ending"),
    [
        (image("JPEG"), "image/jpeg", "jpg"),
        (image("PNG"), "image/png", "png"),
        (image("WEBP"), "image/webp", "webp"),
        (b"%PDF-1.7 ...", "application/pdf", "pdf"),
        (b"ID3\x03 ...", "audio/mpeg", "mp3"),
        (b"OggS ...", "audio/ogg", "ogg"),
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4", "m4a"),
    ],
)
def test_add_upload_keeps_what_it_knows_under_our_own_name(data: bytes, content_type: str, ending: str) -> None:
    sheet = draft_sheet()
    upload = add_upload(by=sheet.created_by, sheet=sheet, file=sent(data))
    assert (upload.content_type, upload.name) == (content_type, f"affiche-ete.{ending}")
    assert upload.file.name == f"sheets/{upload.pk}.{ending}"


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='x'/>",
        b"<html><script>alert(1)</script>",
        b"GIF89a...",
        b"",
        b"PK\x03\x04",
        image("BMP"),
        image("PNG")[:40],
    ],
)
def test_add_upload_refuses_everything_else(data: bytes) -> None:
    sheet = draft_sheet()
    with pytest.raises(Invalid) as refusal:
        add_upload(by=sheet.created_by, sheet=sheet, file=sent(data, "a.png"))
    assert (list(refusal.value.fields), Upload.objects.count()) == (["file"], 0)


def test_add_upload_draws_pictures_anew_without_what_was_hidden_in_them() -> None:
    sheet = draft_sheet()
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "<script>alert(1)</script>")
    polyglot = image("PNG", pnginfo=notes) + b"<script>alert(2)</script>"
    upload = add_upload(by=sheet.created_by, sheet=sheet, file=sent(polyglot))
    with upload.file.open() as kept:
        assert b"script" not in kept.read()
    large = add_upload(by=sheet.created_by, sheet=sheet, file=sent(image("PNG", (4000, 10))))
    assert (large.width, large.height) == (2000, 5)


def test_add_upload_refuses_what_is_too_heavy_or_has_too_many_pixels(settings: Settings) -> None:
    sheet = draft_sheet()
    with pytest.raises(Invalid) as refusal:
        add_upload(by=sheet.created_by, sheet=sheet, file=sent(image("PNG", (8000, 6000))))
    assert refusal.value.code == "too_big"
    settings.UPLOAD_LIMIT = 10
    with pytest.raises(Invalid) as refusal:
        add_upload(by=sheet.created_by, sheet=sheet, file=sent(b"%PDF-1.7 ..."))
    assert refusal.value.code == "too_big"


def test_add_upload_stops_at_forty_and_is_for_editors() -> None:
    sheet = draft_sheet()
    for _ in range(uploads.MOST_UPLOADS):
        Upload.objects.create(sheet=sheet, name="a", content_type="image/png", size=1, sha256="")
    with pytest.raises(Invalid) as refusal:
        add_upload(by=sheet.created_by, sheet=sheet, file=sent(b"%PDF-"))
    assert refusal.value.code == "too_many_uploads"
    with pytest.raises(NotAllowed):
        add_upload(by=UserFactory.create(), sheet=published_sheet(), file=sent(b"%PDF-"))


def test_remove_upload_deletes_the_file_unless_a_version_shows_it(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    sheet = published_sheet()
    upload = add_upload(by=sheet.created_by, sheet=sheet, file=sent(b"%PDF-"))
    storage, name = upload.file.storage, upload.file.name
    sheet.version.content["media"] = [{"upload": upload.pk}]
    sheet.version.save()
    with pytest.raises(Invalid) as refusal:
        remove_upload(by=sheet.created_by, upload=upload)
    assert refusal.value.code == "in_use"
    sheet.version.content["media"] = []
    sheet.version.save()
    with django_capture_on_commit_callbacks(execute=True):
        remove_upload(by=sheet.created_by, upload=upload)
    assert not storage.exists(name)
    assert save_sheet(by=sheet.created_by, sheet=sheet, values={}, revision=1).pk == sheet.pk
