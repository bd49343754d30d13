"""`export_sheets`: exporting, importing into an empty database and exporting again gives the same bytes."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from commons.people.models import Institution, Network
from frontend.demo.loading import load_demo
from practices.models import Sheet, Upload
from tests.factories.files import illustrated_sheet, kept
from tests.factories.people import NetworkFactory, UserFactory
from tests.factories.sheets import published_sheet, sheet_in

pytestmark = pytest.mark.django_db
ALL = ("--all", *(word for state in ("candidate", "adopted", "to_review", "archived") for word in ("--state", state)))


def exported(folder: Path, *words: str) -> dict[str, bytes]:
    """Export into the folder and return what it then holds."""
    call_command("export_sheets", str(folder), *words)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def empty_database() -> None:
    Upload.objects.all().delete()
    Sheet.objects.all().delete()
    Network.objects.all().delete()
    Institution.objects.all().delete()


def assert_round_trip(tmp_path: Path, count: int, *words: str) -> None:
    before = exported(tmp_path / "before", *words)
    assert len(before) == count
    empty_database()
    call_command("import_sheets", str(tmp_path / "before"))
    assert exported(tmp_path / "after", *words) == before
    call_command("import_sheets", str(tmp_path / "before"))
    assert exported(tmp_path / "again", *words) == before


def test_the_real_sheets_survive_a_round_trip(corpora: Path, tmp_path: Path) -> None:
    call_command("import_sheets", str(corpora / "sheets-fr"), "--network", "demo")
    assert_round_trip(tmp_path, 128)


def test_the_demonstration_survives_a_round_trip(tmp_path: Path) -> None:
    load_demo(timezone.localdate())
    held = Sheet.objects.filter(version__isnull=False).count()
    assert_round_trip(tmp_path, held, *ALL)


@pytest.mark.parametrize("confidentiality", ["public", "chatham"])
def test_files_survive_a_round_trip_byte_for_byte(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], confidentiality: str
) -> None:
    sheet = illustrated_sheet(confidentiality=confidentiality)
    before = {upload.pk: kept(upload) for upload in sheet.uploads.all()}
    assert_round_trip(tmp_path, 6, *ALL)
    after = {upload.pk: kept(upload) for upload in Upload.objects.all()}
    assert after == {pk: before[pk] for pk in after}
    assert len(after) == 5
    call_command("import_sheets", str(tmp_path / "before"))
    assert capsys.readouterr().out.splitlines()[-1] == "created 0, updated 0, unchanged 1, failed 0"


def test_a_picture_named_under_chatham_is_not(tmp_path: Path) -> None:
    sheet = illustrated_sheet(confidentiality="chatham")
    assert [name for name in exported(tmp_path, "--all") if "affiche" in name] == []
    assert sheet.uploads.filter(name="affiche.jpg").exists()


def test_a_file_that_is_lost_stops_no_export(tmp_path: Path) -> None:
    sheet = illustrated_sheet()
    upload = sheet.uploads.get(name="affiche.jpg")
    upload.file.storage.delete(upload.file.name)
    assert len(exported(tmp_path)) == 5


def test_only_what_a_visitor_may_read_is_exported(tmp_path: Path) -> None:
    network = NetworkFactory.create()
    shown = published_sheet(title="Publique pour tous")
    for confidentiality in ("members", "chatham"):
        published_sheet(title=f"Cachée {confidentiality}", confidentiality=confidentiality)
    for state in ("draft", "submitted", "archived"):
        sheet_in(state, title=f"Cachée {state}")
    assert list(exported(tmp_path / "all")) == [f"publique-pour-tous-{shown.pk}.md"]
    assert exported(tmp_path / "archived", "--state", "archived") == {}
    assert exported(tmp_path / "network", "--network", network.slug) == {}
    assert len(exported(tmp_path / "operator", "--all", "--state", "archived")) == 1
    assert len(exported(tmp_path / "published", "--all")) == 3


def test_chatham_names_nobody(tmp_path: Path) -> None:
    author = UserFactory.create(public_name="Ada Secrète")
    sheet = published_sheet(by=author, confidentiality="chatham", authors=[{"name": "Ada Secrète"}])
    Sheet.objects.filter(pk=sheet.pk).update(source_key="file:entretien-ada-secrète.md")
    (text,) = exported(tmp_path, "--all").values()
    assert [name for name in ("Ada", "ada-secr", author.institution.name, author.email) if name in text.decode()] == []


def test_what_cannot_be_done_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CommandError):
        call_command("export_sheets", str(tmp_path / "file"))
    with pytest.raises(CommandError):
        call_command("export_sheets", str(tmp_path), "--network", "inconnu")
