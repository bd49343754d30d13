"""A file becomes a sheet: ours by its codes, anybody's by mapping, and no text is lost on the way."""

import datetime
from pathlib import Path

import pytest

from commons.errors import Invalid
from practices.exchange.importing import KEY_LENGTH, files_under, moment_of, read_sheet

pytestmark = pytest.mark.django_db

FOREIGN = """---
name: "🧠  L’approche
  systémique"
description: Une lecture globale.
image: fiche_239.png
tags:
- name: Accompagnement
  slug: accompagnement
- "!!"
partner: academie-france-travail
timestamp: 2026-03-13T11:22:35.484777+00:00
---
## Le corps

Du texte.
"""


def test_a_foreign_file_becomes_a_guide() -> None:
    incoming = read_sheet(FOREIGN.encode(), "theme/approche.md")
    assert incoming.content == {
        "kind": "guide",
        "title": "🧠 L’approche systémique",
        "summary": "Une lecture globale.",
        "language": "fr",
        "what": "## Le corps\n\nDu texte.",
        "tags": ["Accompagnement"],
        "authors": [{"name": "Academie France Travail"}],
    }
    assert incoming.source_key == "file:theme/approche.md"
    assert incoming.dates["published_at"] == datetime.datetime(2026, 3, 13, 11, 22, 35, 484777, datetime.UTC)


def test_a_foreign_key_of_our_name_is_taken_only_when_it_reads_as_our_field() -> None:
    text = "---\ntitle: Un\nformat: [podcast]\nlevel: post\nmedia: x\nlicence: CC BY 4.0\nlang: en\n---\nx"
    content = read_sheet(text.encode(), "Médiation/un.md").content
    assert content == {
        "kind": "guide", "title": "Un", "language": "en", "what": "x", "domain": ["mediation"],
        "format": ["podcast"], "licence": "CC-BY-4.0",
    }  # fmt: skip


def test_a_file_without_front_matter_takes_its_heading_or_its_name() -> None:
    assert read_sheet(b"# Un titre #\n\nTexte", "x.md").content["title"] == "Un titre"
    assert read_sheet(b"Texte", "le-nom.md").content["title"] == "le-nom"


def test_too_long_a_title_or_summary_opens_the_body_whole() -> None:
    title, summary = "t" * 300, "s" * 700
    content = read_sheet(f"---\ntitle: {title}\nsummary: {summary}\n---\nCorps".encode(), "x.md").content
    assert content["title"] == "t" * 199 + "…"
    assert content["summary"] == "s" * 599 + "…"
    assert content["what"] == f"## {title}\n\n{summary}\n\nCorps"


def test_ours_keeps_its_codes_and_what_it_was() -> None:
    text = (
        "---\ntitle: Un\nkind: practice\nunknown: x\nid: 01M858BY28KKZPFEV9M6G5WGDV\nversion: 3\n"
        "editorial_state: adopted\nreview_by: 2027-09-20\npublished_at: bientôt\nhouse: {slug: a, name: A, secret: b}\n"
        "---\nCorps"
    )
    incoming = read_sheet(text.encode(), "x.md")
    assert incoming.content == {"title": "Un", "kind": "practice", "what": "Corps"}
    assert (incoming.id, incoming.version, incoming.state) == ("01M858BY28KKZPFEV9M6G5WGDV", 3, "adopted")
    assert incoming.source_key is None
    assert incoming.house == {"slug": "a", "name": "A"}
    assert incoming.dates == {"review_by": datetime.date(2027, 9, 20)}


@pytest.mark.parametrize("line", ["id: ../../etc", "version: -1", "editorial_state: draft"])
def test_ours_refuses_what_it_cannot_be(line: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_sheet(f"---\ntitle: Un\nkind: practice\n{line}\n---\n".encode(), "x.md")
    assert list(refusal.value.fields) == [line.partition(":")[0]]


def test_a_very_long_path_keeps_a_key_of_its_own() -> None:
    one, other = (read_sheet(b"x", f"{'d' * 400}/{name}.md").source_key for name in "ab")
    assert one != other
    assert [len(one or ""), len(other or "")] == [KEY_LENGTH, KEY_LENGTH]


def test_files_are_found_below_a_folder_in_order(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.MD", "a/notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [relative for _path, relative in files_under(tmp_path)] == ["a/c.MD", "b.md"]
    assert [relative for _path, relative in files_under(tmp_path / "b.md")] == ["b.md"]


@pytest.mark.parametrize("written", ["", "hier", "2026-02-31", "2026-13-01T00:00"])
def test_what_is_no_date_is_no_moment(written: str) -> None:
    assert moment_of(written) is None


def test_a_day_is_its_first_moment() -> None:
    assert moment_of("2026-03-01").isoformat() == "2026-03-01T00:00:00+01:00"
