"""Files beside a sheet: taken from the imported folder alone, checked like any other, never another's."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from commons.errors import Invalid
from practices.actions import ImportResult, import_sheet
from practices.exchange.importing import read_sheet
from practices.models import Sheet, Upload
from tests.factories.files import kept, noise_bytes
from tests.factories.sheets import draft_sheet

pytestmark = pytest.mark.django_db
PK = "01JXXXXXXXXXXXXXXXXXXXXXXA"
HEAD = "---\ntitle: Un guide\nkind: guide\n"
MISSING = {"files": ["Le fichier « {} » n’est pas là."]}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "secret.png").write_bytes(noise_bytes("PNG"))
    (tmp_path / "in" / "deep").mkdir(parents=True)
    return tmp_path / "in"


def text_of(place: str, pk: str = PK, sha256: str = "") -> bytes:
    row = f"files:\n- id: {pk}\n  path: {place}\n" + (f"  sha256: {sha256}\n" if sha256 else "")
    return f"{HEAD}{row}media:\n- {{upload: {pk}, alt: Le bar, licence: CC-BY-4.0}}\n---\n".encode()


def taken(root: Path, raw: bytes, relative: str = "un.md") -> ImportResult:
    return import_sheet(by=None, incoming=read_sheet(raw, relative, root))


def refused(root: Path, raw: bytes, relative: str = "un.md") -> dict[str, list[str]]:
    with pytest.raises(Invalid) as refusal:
        taken(root, raw, relative)
    return {path: [str(message) for message in messages] for path, messages in refusal.value.fields.items()}


@pytest.mark.parametrize("place", ["../secret.png", "deep/../../secret.png", "rien.png", "deep", "", "a\0b"])
def test_nothing_is_read_out_of_the_imported_folder(root: Path, place: str) -> None:
    raw = text_of(f'"{place}"'.replace("\0", "\\0"))
    assert refused(root, raw) == {"files": [MISSING["files"][0].format(place)]}
    assert not Upload.objects.exists()


def test_no_absolute_place_nor_link_leads_out(root: Path) -> None:
    (root / "lien.png").symlink_to(root.parent / "secret.png")
    for place in ("lien.png", str(root.parent / "secret.png")):
        assert refused(root, text_of(place)) == {"files": [MISSING["files"][0].format(place)]}
    assert refused(root, text_of("lien.png", pk="../../x")) == {"files": [MISSING["files"][0].format("lien.png")]}


def test_a_text_alone_has_no_files(root: Path) -> None:
    (root / "a.png").write_bytes(noise_bytes("PNG"))
    with pytest.raises(Invalid):
        read_sheet(text_of("a.png"), "un.md")


@pytest.mark.parametrize("listing", ["files: oui\n", "files: [a]\n", f"files: [{', '.join(['{}'] * 41)}]\n"])
def test_a_list_that_cannot_be_read_is_refused(root: Path, listing: str) -> None:
    assert refused(root, f"{HEAD}{listing}---\n".encode()) == {"files": ["La liste des fichiers ne se lit pas."]}


def test_a_file_by_hand_is_drawn_anew_and_taken_once(root: Path) -> None:
    place, raw = root / "deep" / "Le bar.jpg", text_of("Le bar.jpg")
    place.write_bytes(noise_bytes("JPEG"))
    assert [taken(root, raw, "deep/un.md") for _ in range(2)] == ["created", "unchanged"]
    upload = Upload.objects.get()
    assert (upload.pk, upload.name, upload.by) == (PK, "le-bar.jpg", None)
    assert kept(upload) != place.read_bytes()
    assert taken(root, raw.replace(b"Le bar,", b"Le comptoir,"), "deep/un.md") == "updated"
    assert Upload.objects.count() == 1
    place.write_bytes(noise_bytes("JPEG"))
    assert refused(root, raw, "deep/un.md") == {"file": ["Un autre fichier porte déjà cet identifiant."]}


def test_the_file_of_another_sheet_is_left_alone(root: Path) -> None:
    (root / "a.png").write_bytes(noise_bytes("PNG"))
    other = Upload.objects.create(
        pk=PK, sheet=draft_sheet(), file="x", name="x", content_type="image/png", size=1, sha256="0"
    )
    assert refused(root, text_of("a.png")) == {"file": ["Un autre fichier porte déjà cet identifiant."]}
    assert Upload.objects.get() == other


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def with_facts(kind: str, **facts: Any) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(noise_bytes("PNG"))).save(out, format=kind, **facts)
    return out.getvalue()


EXIF = Image.Exif()
EXIF[0x010E] = "Chez Ada"


@pytest.mark.parametrize(
    "data",
    [
        with_facts("JPEG", exif=EXIF),
        with_facts("JPEG", comment=b"Chez Ada"),
        with_facts("WEBP", exif=EXIF),
        noise_bytes("JPEG") + b"<script>\xff\xd9",
        noise_bytes("PNG") + b"<script>",
        noise_bytes("WEBP") + b"<script>",
        noise_bytes("JPEG", (2400, 40)),
    ],
    ids=["jpeg exif", "comment", "webp exif", "jpeg tail", "png tail", "webp tail", "too wide"],
)
def test_a_picture_that_only_says_it_was_exported_is_drawn_anew(root: Path, data: bytes) -> None:
    (root / "a.png").write_bytes(data)
    assert taken(root, text_of("a.png", sha256=digest_of(data))) == "created"
    held = kept(Upload.objects.get())
    assert [word for word in (b"Chez Ada", b"<script>") if word in held] == []
    assert held != data


def test_what_is_no_picture_is_refused_whatever_it_says(root: Path) -> None:
    data = b"<script>alert(1)</script>"
    (root / "a.png").write_bytes(data)
    assert list(refused(root, text_of("a.png", sha256=digest_of(data)))) == ["file"]
    assert not Sheet.objects.exists()


def test_a_file_that_changed_since_its_export_is_told(root: Path) -> None:
    (root / "a.png").write_bytes(noise_bytes("PNG"))
    raw = text_of("a.png", sha256=digest_of(b"x"))
    assert refused(root, raw) == {"files": ["Le fichier « a.png » n’est plus celui qui a été exporté."]}
