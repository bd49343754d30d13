"""What authors are writing: creation, autosave, collisions, co-authors."""

from typing import Any

import pytest

from commons.errors import Conflict, Invalid, NotAllowed, NotFound
from practices.actions import create_sheet, save_sheet
from practices.enums import EditorialState
from practices.models import Sheet
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def test_create_sheet_fills_in_what_is_known() -> None:
    author = UserFactory.create(public_name="Camille D.")
    sheet = create_sheet(by=author, values={"kind": "practice", "title": "Le podcast"})
    assert sheet.content == {
        "title": "Le podcast",
        "kind": "practice",
        "language": "fr",
        "institution": author.institution.slug,
        "authors": [{"name": "Camille D."}],
        "owner_contact": {"name": "Camille D."},
        "confidentiality": "public",
        "licence": "CC-BY-SA-4.0",
    }
    assert (sheet.editorial_state, sheet.institution, sheet.revision) == (EditorialState.DRAFT, author.institution, 1)
    assert list(sheet.authors.all()) == [author]


def test_create_sheet_without_credit_or_house_names_nobody() -> None:
    author = UserFactory.create(is_credited=False, institution=None)
    sheet = create_sheet(by=author, values={"kind": "need", "title": "Sous-titrer", "language": "en"})
    assert set(sheet.content) == {"title", "kind", "language", "confidentiality", "licence"}
    assert [a.is_credited for a in sheet.authorships.all()] == [False]


@pytest.mark.parametrize(
    ("values", "paths"),
    [
        ({"title": "Sans genre"}, ["kind"]),
        ({"kind": "poem", "title": "T"}, ["kind"]),
        ({"kind": ["practice"], "title": "T"}, ["kind"]),
        ({"kind": "practice"}, ["title"]),
        ({"kind": "practice", "title": "T", "institution": "nulle-part"}, ["institution"]),
        ({"kind": "practice", "title": "T", "evidence": "strong"}, ["evidence"]),
        ({"kind": "need", "title": "T", "outcome": "worked"}, ["outcome"]),
    ],
)
def test_create_sheet_refuses(values: dict[str, Any], paths: list[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        create_sheet(by=UserFactory.create(), values=values)
    assert list(refusal.value.fields) == paths
    assert Sheet.objects.count() == 0


def test_save_sheet_changes_only_what_is_given() -> None:
    sheet = draft_sheet()
    before = dict(sheet.content)
    saved = save_sheet(by=sheet.created_by, sheet=sheet, values={"summary": "Mieux dit."}, revision=sheet.revision)
    assert saved.content == before | {"summary": "Mieux dit."}
    assert (saved.revision, saved.stamps["summary"], saved.summary) == (3, 3, "Mieux dit.")


def test_save_sheet_with_the_same_values_changes_nothing() -> None:
    sheet = draft_sheet()
    saved = save_sheet(by=sheet.created_by, sheet=sheet, values={"aim": sheet.content["aim"]}, revision=1)
    assert saved.revision == sheet.revision


def test_save_sheet_by_two_editors_of_two_fields_keeps_both() -> None:
    sheet = draft_sheet()
    save_sheet(by=sheet.created_by, sheet=sheet, values={"aim": "A"}, revision=2)
    saved = save_sheet(by=sheet.created_by, sheet=sheet, values={"problem": "P"}, revision=2)
    assert (saved.content["aim"], saved.content["problem"]) == ("A", "P")


def test_save_sheet_by_two_editors_of_one_field_shows_the_other_text() -> None:
    sheet = draft_sheet()
    save_sheet(by=sheet.created_by, sheet=sheet, values={"aim": "Le sien"}, revision=2)
    with pytest.raises(Conflict) as refusal:
        save_sheet(by=sheet.created_by, sheet=sheet, values={"aim": "Le mien", "problem": "P"}, revision=2)
    assert (refusal.value.theirs, refusal.value.revision) == ({"aim": "Le sien"}, 3)
    sheet.refresh_from_db()
    assert (sheet.content["aim"], sheet.revision) == ("Le sien", 3)


def test_save_sheet_empties_a_field_but_not_the_title() -> None:
    sheet = draft_sheet()
    saved = save_sheet(by=sheet.created_by, sheet=sheet, values={"aim": ""}, revision=2)
    assert "aim" not in saved.content
    with pytest.raises(Invalid) as refusal:
        save_sheet(by=sheet.created_by, sheet=sheet, values={"title": " "}, revision=3)
    assert list(refusal.value.fields) == ["title"]


def test_save_sheet_to_another_genre_drops_what_it_has_not() -> None:
    sheet = draft_sheet()
    saved = save_sheet(by=sheet.created_by, sheet=sheet, values={"kind": "need"}, revision=2)
    assert ("outcome" in saved.content, saved.kind) == (False, "need")


def test_save_sheet_of_a_published_sheet_is_not_seen_by_readers() -> None:
    sheet = published_sheet()
    save_sheet(by=sheet.created_by, sheet=sheet, values={"title": "Autre"}, revision=sheet.revision)
    sheet.refresh_from_db()
    assert (sheet.title, sheet.version.content["title"], sheet.content["title"]) == (
        "Le podcast du bar", "Le podcast du bar", "Autre",
    )  # fmt: skip


def test_save_sheet_hides_a_draft_and_refuses_a_reader() -> None:
    stranger = UserFactory.create()
    with pytest.raises(NotFound):
        save_sheet(by=stranger, sheet=draft_sheet(), values={}, revision=1)
    with pytest.raises(NotAllowed):
        save_sheet(by=stranger, sheet=published_sheet(), values={}, revision=1)
