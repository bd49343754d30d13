"""`import_sheets`: real sheets all come in once; what is wrong is one line; nothing stops the rest."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from practices.models import Sheet
from tests.factories.files import noise_bytes
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, list[str]]:
    """Run the command and return its last line and the problems it told."""
    capsys.readouterr()
    call_command("import_sheets", *words)
    out, err = capsys.readouterr()
    told = [line.strip() for line in err.replace("\r", "\n").splitlines()]
    return out.splitlines()[-1], [line for line in told if line and "sheets" not in line]


def test_the_real_sheets_come_in_once(corpora: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "sheets-fr"
    shutil.copytree(corpora / "sheets-fr", folder)
    arguments = (str(folder), "--network", "demo")
    assert run(capsys, *arguments) == ("created 128, updated 0, unchanged 0, failed 0", [])
    assert run(capsys, *arguments) == ("created 0, updated 0, unchanged 128, failed 0", [])
    longest = max(folder.rglob("*.md"), key=lambda path: path.stat().st_size)
    longest.write_text(longest.read_text(encoding="utf-8") + "\nUn mot de plus.\n", encoding="utf-8")
    assert run(capsys, *arguments) == ("created 0, updated 1, unchanged 127, failed 0", [])
    sheet = Sheet.objects.get(source_key=f"file:{longest.relative_to(folder).as_posix()}")
    assert sheet.version.content["what"].endswith("Un mot de plus.")
    assert sheet.version.number == 2
    assert Sheet.objects.published().filter(network__slug="demo").count() == 128


def test_a_bad_file_is_one_line_and_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_bytes(b"---\ntitle: a\n")
    (tmp_path / "b.md").write_bytes(b"\xff\xfe")
    (tmp_path / "c.md").write_text("---\ntitle: c\nkind: guide\nlicence: tout droit\n---\n")
    (tmp_path / "d.md").write_text("---\ntitle: Bon\n---\nTexte")
    assert run(capsys, str(tmp_path)) == (
        "created 1, updated 0, unchanged 0, failed 3",
        [
            "a.md: L’en-tête ouvert par « --- » n’est pas fermé.",
            "b.md: Ce fichier n’est pas du texte en UTF-8.",
            "c.md: licence : « tout droit » ne fait pas partie de la liste.",
        ],
    )


def test_a_licence_is_recorded_where_a_file_states_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, licence in (("dit", "licence: https://creativecommons.org/licenses/by/4.0\n"), ("muet", "")):
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name}\n{licence}---\nTexte")
    said: list[tuple[str, dict[str, str]]] = []
    for words in ((), ("--licence", "etalab-2.0"), (), ("--licence", "Licence Ouverte 2.0 (Etalab)")):
        counted, _told = run(capsys, str(tmp_path), *words)
        said.append((counted, dict(Sheet.objects.values_list("title", "licence"))))
    before, after = {"dit": "CC-BY-4.0", "muet": "CC-BY-SA-4.0"}, {"dit": "CC-BY-4.0", "muet": "etalab-2.0"}
    assert said == [
        ("created 2, updated 0, unchanged 0, failed 0", before),
        ("created 0, updated 1, unchanged 1, failed 0", after),
        ("created 0, updated 0, unchanged 2, failed 0", after),
        ("created 0, updated 0, unchanged 2, failed 0", after),
    ]


def test_a_licence_nobody_knows_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Un\nlicense: Tous droits réservés\n---\nTexte")
    assert run(capsys, str(tmp_path)) == (
        "created 0, updated 0, unchanged 0, failed 1",
        ["a.md: licence : « Tous droits réservés » ne fait pas partie de la liste."],
    )
    with pytest.raises(CommandError, match=r"no licence is called GPL; there are CC-BY-SA-4\.0, "):
        call_command("import_sheets", str(tmp_path), "--licence", "GPL")
    assert not Sheet.objects.exists()


def test_a_rehearsal_does_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Bon\n---\nTexte")
    counted, _told = run(capsys, str(tmp_path / "a.md"), "--dry-run", "--network", "demo")
    assert counted == "created 1, updated 0, unchanged 0, failed 0"
    assert not Sheet.objects.exists()


def test_a_rehearsal_leaves_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.png").write_bytes(noise_bytes("PNG"))
    listing = "files: [{id: 01JXXXXXXXXXXXXXXXXXXXXXXA, path: a.png}]"
    (tmp_path / "in" / "a.md").write_text(f"---\ntitle: Un\nkind: guide\n{listing}\n---\n")
    counted: tuple[str, list[str]] = ("created 1, updated 0, unchanged 0, failed 0", [])
    assert run(capsys, str(tmp_path / "in"), "--dry-run") == counted
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    assert run(capsys, str(tmp_path / "in")) == counted
    assert len([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == 1


def test_a_curator_imports_in_their_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    network = NetworkFactory.create()
    curator = curator_of(network)
    (tmp_path / "a.md").write_text("Texte")
    run(capsys, str(tmp_path), "--network", network.slug, "--by", curator.email.upper())
    assert Sheet.objects.get().created_by == curator
    counted, told = run(capsys, str(tmp_path), "--network", network.slug, "--by", UserFactory.create().email)
    assert (counted, told) == (
        "created 0, updated 0, unchanged 0, failed 1",
        ["a.md: Vous n’avez pas le droit de faire cela."],
    )


@pytest.mark.parametrize("words", [("nulle-part",), (".", "--by", "personne@nulle.example")])
def test_what_does_not_exist_is_said_at_once(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("import_sheets", *words)


def test_an_impossible_network_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("Texte")
    counted, told = run(capsys, str(tmp_path), "--network", "Pas Une Adresse")
    assert (counted, told) == ("created 0, updated 0, unchanged 0, failed 1", ["a.md: network : Pas Une Adresse"])
