"""Versions: what readers see, for ever."""

import pytest

from commons.errors import Conflict, Invalid, NotAllowed
from practices.actions import publish_version, revert_sheet, save_sheet
from practices.models import Sheet
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def rewritten(sheet: Sheet, **values: object) -> Sheet:
    return save_sheet(by=sheet.created_by, sheet=sheet, values=values, revision=sheet.revision)


def test_publish_version_shows_the_working_text_with_its_reason() -> None:
    sheet = rewritten(published_sheet(), title="Le podcast du foyer", format=["blog_magazine"], tags=["radio"])
    version = publish_version(by=sheet.created_by, sheet=sheet, reason="Nouveau lieu")
    sheet.refresh_from_db()
    assert (version.number, version.reason, sheet.version, sheet.title) == (
        2,
        "Nouveau lieu",
        version,
        "Le podcast du foyer",
    )
    assert list(sheet.facet_values.filter(field="format").values_list("code", flat=True)) == ["blog_magazine"]
    assert [str(term) for term in sheet.tags.all()] == ["radio"]


def test_publish_version_refuses_an_unchanged_text_a_draft_and_a_stranger() -> None:
    sheet, draft = published_sheet(), draft_sheet()
    for thing, code in ((sheet, "unchanged"), (draft, "not_published")):
        with pytest.raises(Conflict) as refusal:
            publish_version(by=thing.created_by, sheet=thing, reason="")
        assert refusal.value.code == code
    with pytest.raises(NotAllowed):
        publish_version(by=UserFactory.create(), sheet=sheet, reason="")


def test_publish_version_keeps_the_gate() -> None:
    sheet = rewritten(published_sheet(), if_again="")
    with pytest.raises(Invalid) as refusal:
        publish_version(by=sheet.created_by, sheet=sheet, reason="")
    assert list(refusal.value.fields) == ["if_again"]


def test_chatham_version_attributes_nothing() -> None:
    author = UserFactory.create(public_name="Nom À Taire")
    sheet = published_sheet(
        author, confidentiality="chatham", place={"name": "Saint-Amand"}, partners=[{"name": "La Ville"}]
    )
    assert {"authors", "owner_contact", "institution", "place", "partners"} & set(sheet.version.content) == set()
    assert set(sheet.version.house) == {"type", "team_size"}
    assert sheet.institution is None
    assert "Nom À Taire" not in f"{sheet.version.content}{sheet.version.html}{sheet.version.house}"


def test_revert_sheet_is_a_new_version_with_the_old_text() -> None:
    sheet = published_sheet()
    first = sheet.version
    rewritten(sheet, aim="Mille écoutes.")
    publish_version(by=sheet.created_by, sheet=sheet, reason="Plus haut")
    again = revert_sheet(by=sheet.created_by, sheet=sheet, version=first)
    sheet.refresh_from_db()
    assert (again.number, again.content, again.reason) == (3, first.content, "Retour à la version 1")
    assert (sheet.content["aim"], sheet.stamps["aim"], sheet.revision) == ("Cent écoutes par spectacle.", 4, 4)


def test_revert_sheet_refuses_another_sheets_version_and_a_draft() -> None:
    sheet, other, draft = published_sheet(), published_sheet(), draft_sheet()
    with pytest.raises(Invalid):
        revert_sheet(by=sheet.created_by, sheet=sheet, version=other.version)
    other.version.sheet = draft
    with pytest.raises(Conflict):
        revert_sheet(by=draft.created_by, sheet=draft, version=other.version)
