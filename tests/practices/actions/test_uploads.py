"""Files: taken for what their bytes say, drawn anew, refused when they are anything else or too much."""

import hashlib
import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from commons.errors import Invalid, NotAllowed, NotFound
from commons.pictures import LONGEST_SIDE
from practices.actions import publish_version, save_sheet
from practices.actions.uploads import MOST_UPLOADS, add_upload, remove_upload
from practices.models import Sheet, Upload
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db
PAYLOAD = b"<script>alert(1)</script><?php system('id') ?>"


def picture_bytes(kind: str = "PNG", size: tuple[int, int] = (40, 30), **facts: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 40, 20)).save(out, format=kind, **facts)
    return out.getvalue()


def claimed_png(width: int, height: int) -> bytes:
    """Return a small file that says it is a huge picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def sent(data: bytes, name: str = "photo.png", sheet: Sheet | None = None) -> Upload:
    sheet = sheet or draft_sheet()
    assert sheet.created_by
    return add_upload(by=sheet.created_by, sheet=sheet, file=SimpleUploadedFile(name, data))


def kept(upload: Upload) -> bytes:
    with upload.file.open() as file:
        data: bytes = file.read()
    return data


@pytest.mark.parametrize(
    ("data", "content_type", "ending"),
    [
        (picture_bytes("PNG"), "image/png", "png"),
        (picture_bytes("JPEG"), "image/jpeg", "jpg"),
        (picture_bytes("WEBP"), "image/webp", "webp"),
        (b"%PDF-1.7\n...", "application/pdf", "pdf"),
        (b"ID3\x04\x00...", "audio/mpeg", "mp3"),
        (b"\xff\xfb\x90\x00...", "audio/mpeg", "mp3"),
        (b"\xff\xf3\x90\x00...", "audio/mpeg", "mp3"),
        (b"OggS\x00...", "audio/ogg", "ogg"),
        (b"\x00\x00\x00\x20ftypM4A ...", "audio/mp4", "m4a"),
    ],
)
def test_a_file_is_what_its_bytes_say_whatever_its_name(data: bytes, content_type: str, ending: str) -> None:
    upload = sent(data, "../../Été à l’opéra.HTML")
    stored = kept(upload)
    assert (upload.content_type, upload.name) == (content_type, f"ete-a-l-opera.{ending}")
    assert upload.file.name == f"sheets/{upload.pk}.{ending}"
    assert (upload.size, upload.sha256) == (len(stored), hashlib.sha256(stored).hexdigest())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a" + PAYLOAD,
        b"PK\x03\x04...",
        b"MZ\x90\x00...",
        b"\x00\x00\x00\x20ftypisom...",
        b"\x89PNG\r\n\x1a\n" + PAYLOAD,
        b"\xff\xd8\xff\xe0" + PAYLOAD,
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        b" %PDF-1.7",
        picture_bytes("GIF"),
        picture_bytes("BMP"),
        picture_bytes("TIFF"),
    ],
)
def test_anything_else_is_refused_and_nothing_is_kept(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        sent(data, "photo.png")
    assert (list(refused.value.fields), Upload.objects.count()) == (["file"], 0)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_keeps_nothing_but_its_pixels(kind: str) -> None:
    hidden: dict[str, Any] = {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0" + PAYLOAD, "icc_profile": PAYLOAD}
    if kind == "JPEG":
        hidden["comment"] = PAYLOAD
    if kind == "PNG":
        hidden.pop("exif")
    data = picture_bytes(kind, **hidden) + PAYLOAD
    assert PAYLOAD in data
    stored = kept(sent(data))
    assert [word for word in (b"script", b"php", b"Exif") if word in stored] == []


def test_a_picture_lying_on_its_side_is_put_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    upload = sent(picture_bytes("JPEG", (400, 300), exif=exif))
    assert (upload.width, upload.height) == (300, 400)


def test_a_large_picture_is_made_smaller() -> None:
    upload = sent(picture_bytes("JPEG", (3000, 1500)))
    assert (upload.width, upload.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


@pytest.mark.parametrize("side", [7_000, 12_000, 60_000])
def test_a_bomb_is_refused_before_it_is_drawn(side: int) -> None:
    with pytest.raises(Invalid):
        sent(claimed_png(side, side))
    assert Upload.objects.count() == 0


def test_a_heavy_file_is_refused(settings: Settings) -> None:
    settings.UPLOAD_LIMIT = 2_000_000
    with pytest.raises(Invalid) as refused:
        sent(b"%PDF-" + b"0" * 2_000_000)
    assert (refused.value.code, refused.value.fields) == ("too_big", {"file": ["Ce fichier dépasse 2 Mo."]})


def test_a_sheet_has_forty_files_at_most() -> None:
    sheet = draft_sheet()
    Upload.objects.bulk_create(
        Upload(sheet=sheet, file="x", name="x", content_type="x", size=1, sha256="0") for _ in range(MOST_UPLOADS)
    )
    with pytest.raises(Invalid) as refused:
        sent(b"%PDF-1.7", sheet=sheet)
    assert refused.value.code == "too_many_uploads"


def test_who_may_not_change_the_sheet_may_not_send_or_remove() -> None:
    draft, adopted, other = draft_sheet(), published_sheet(), UserFactory.create()
    for sheet, refusal in ((draft, NotFound), (adopted, NotAllowed)):
        upload = sent(b"%PDF-1.7", sheet=sheet)
        with pytest.raises(refusal):
            add_upload(by=other, sheet=sheet, file=SimpleUploadedFile("x.pdf", b"%PDF-1.7"))
        with pytest.raises(refusal):
            remove_upload(by=other, upload=upload)
    assert Upload.objects.count() == 2


def test_a_file_is_removed_unless_a_version_shows_it(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    sheet = published_sheet()
    author = sheet.created_by
    shown, named, unused = (sent(f"%PDF-1.{n}".encode(), sheet=sheet) for n in (7, 6, 4))
    media = [{"upload": shown.pk, "alt": "Le programme", "licence": "CC-BY-4.0"}]
    values = {"media": media, "what": f"[Le plan]({named.get_absolute_url()})"}
    saved = save_sheet(by=author, sheet=sheet, values=values, revision=sheet.revision)
    publish_version(by=author, sheet=saved, reason="Le programme")
    for upload in (shown, named):
        with pytest.raises(Invalid) as refused:
            remove_upload(by=author, upload=upload)
        assert refused.value.code == "in_use"
    storage, name = unused.file.storage, unused.file.name
    with django_capture_on_commit_callbacks(execute=True):
        remove_upload(by=author, upload=unused)
    assert (set(Upload.objects.all()), storage.exists(name)) == ({shown, named}, False)
