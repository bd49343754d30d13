"""Importing publishes what a file has, merges what it changed, and never overwrites anybody."""

import dataclasses
import datetime
from typing import Any

import pytest
from django.utils import timezone

from commons.errors import Conflict, Invalid, NotAllowed
from commons.people.models import Institution, User
from practices.actions import ImportResult, IncomingSheet, import_sheet, save_sheet
from practices.models import ImportedFile, Sheet
from tests.factories.people import NetworkFactory, UserFactory, curator_of
from tests.factories.sheets import draft_sheet, sheet_in

pytestmark = pytest.mark.django_db

GUIDE = {"kind": "guide", "title": "Un guide", "summary": "En bref.", "what": "Du **texte**.", "tags": ["Guide"]}


def incoming(digest: str = "1", **values: Any) -> IncomingSheet:
    return IncomingSheet(GUIDE | values, digest, "file:un.md")


def imported(**values: Any) -> Sheet:
    assert import_sheet(by=None, incoming=incoming(**values)) == ImportResult.CREATED
    return Sheet.objects.get(source_key="file:un.md")


def test_an_imported_sheet_is_a_candidate_and_notes_what_it_lacks() -> None:
    network = NetworkFactory.create()
    import_sheet(by=None, incoming=incoming(), network=network)
    sheet = Sheet.objects.get()
    (decision,) = sheet.decisions.all()
    assert (sheet.editorial_state, sheet.network, sheet.created_by) == ("candidate", network, None)
    assert (decision.from_state, decision.to_state) == ("draft", "candidate")
    assert decision.reason == "Import. À compléter : Domaine, Contributeur·rices."
    assert sheet.version.html == {"what": "<p>Du <strong>texte</strong>.</p>"}
    assert [str(term) for term in sheet.tags.all()] == ["Guide"]
    assert sheet.content["licence"] == "CC-BY-SA-4.0"


def test_what_lacks_nothing_has_nothing_to_complete() -> None:
    sheet = imported(domain=["mediation"], authors=[{"name": "Ada"}])
    assert [d.reason for d in sheet.decisions.all()] == ["Import"]


def test_long_texts_and_many_tags_are_kept_whole() -> None:
    sheet = imported(title="t" * 150, what="x" * 150_000, tags=[f"mot {n}" for n in range(14)])
    assert [len(sheet.title), len(sheet.version.content["what"]), sheet.tags.count()] == [150, 150_000, 14]


def test_the_same_file_changes_nothing() -> None:
    imported()
    assert import_sheet(by=None, incoming=incoming()) == ImportResult.UNCHANGED
    assert import_sheet(by=None, incoming=incoming("2")) == ImportResult.UNCHANGED
    assert ImportedFile.objects.get().digest == "2"
    assert Sheet.objects.get().versions.count() == 1


def test_a_changed_file_is_a_new_version() -> None:
    sheet = imported(summary="Avant.", level="basics")
    assert import_sheet(by=None, incoming=incoming("2", summary="Après.")) == ImportResult.UPDATED
    sheet.refresh_from_db()
    assert [v.content["summary"] for v in sheet.versions.order_by("number")] == ["Avant.", "Après."]
    assert "level" not in sheet.content
    assert (sheet.summary, sheet.revision, sheet.editorial_state) == ("Après.", 2, "candidate")


def test_what_people_changed_here_stays() -> None:
    author = UserFactory.create(is_moderator=True)
    sheet = imported()
    save_sheet(by=author, sheet=sheet, values={"summary": "Repris ici."}, revision=sheet.revision)
    assert import_sheet(by=None, incoming=incoming("2", title="Un autre titre")) == ImportResult.UPDATED
    sheet.refresh_from_db()
    assert (sheet.content["title"], sheet.content["summary"]) == ("Un autre titre", "Repris ici.")
    with pytest.raises(Conflict) as refusal:
        import_sheet(by=None, incoming=incoming("3", title="Un autre titre", summary="Repris dans le fichier."))
    assert refusal.value.theirs == {"summary": "Repris ici."}
    assert "summary" in str(refusal.value.message)
    assert Sheet.objects.get().content["summary"] == "Repris ici."


def test_a_file_names_the_version_it_was_exported_from() -> None:
    sheet = sheet_in("adopted", kind="guide", title="Un guide", authors=[{"name": "Ada"}])
    old = IncomingSheet(dict(sheet.version.content), "1", id=sheet.pk, version=1)
    assert import_sheet(by=None, incoming=old) == ImportResult.UNCHANGED
    changed = IncomingSheet(sheet.version.content | {"title": "Repris hors ligne"}, "2", id=sheet.pk, version=1)
    assert import_sheet(by=None, incoming=changed) == ImportResult.UPDATED
    sheet.refresh_from_db()
    assert (sheet.title, sheet.version.number) == ("Repris hors ligne", 2)


def test_an_archived_sheet_is_brought_up_to_date_without_coming_back() -> None:
    sheet = imported()
    Sheet.objects.filter(pk=sheet.pk).update(editorial_state="archived")
    assert import_sheet(by=None, incoming=incoming("2", title="Autre")) == ImportResult.UPDATED
    sheet.refresh_from_db()
    assert (sheet.content["title"], sheet.editorial_state, sheet.versions.count()) == ("Autre", "archived", 1)


def test_a_draft_of_that_id_is_left_to_its_authors() -> None:
    sheet = draft_sheet()
    with pytest.raises(Conflict) as refusal:
        import_sheet(by=None, incoming=dataclasses.replace(incoming(), id=sheet.pk))
    assert refusal.value.code == "draft"


def test_a_file_of_ours_gives_back_what_the_sheet_was() -> None:
    then = datetime.datetime(2024, 5, 2, 10, tzinfo=datetime.UTC)
    house = {"slug": "la-criee", "name": "La Criée", "type": "theatre", "team_size": "t3"}
    file = IncomingSheet(
        GUIDE | {"institution": "la-criee"},
        "1",
        id="01M858BY28KKZPFEV9M6G5WGDV",
        version=4,
        state="adopted",
        house=house,
        dates={
            "created_at": then,
            "published_at": then,
            "confirmed_at": timezone.now() + datetime.timedelta(days=9),
            "review_by": datetime.date(2030, 1, 1),
            "updated_at": then,
        },
    )
    import_sheet(by=None, incoming=file)
    sheet = Sheet.objects.get(pk=file.id)
    assert (sheet.version.number, sheet.version.house, sheet.version.created_at) == (4, house, then)
    assert (sheet.editorial_state, sheet.published_at, sheet.review_by) == ("adopted", then, datetime.date(2030, 1, 1))
    assert sheet.confirmed_at <= timezone.now()
    assert sheet.institution == Institution.objects.get(name="La Criée", team_size="t3")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "recette"}, "kind"),
        ({"title": ""}, "title"),
        ({"institution": "inconnue"}, "institution"),
        ({"kind": "practice", "evidence": "strong"}, "evidence"),
        ({"what": "x" * 200_001}, "what"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_leaves_nothing(values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        import_sheet(by=None, incoming=incoming(**values))
    assert list(refusal.value.fields) == [field]
    assert not Sheet.objects.exists()


def test_only_the_networks_curators_import_in_their_own_name() -> None:
    network = NetworkFactory.create()
    curator: User = curator_of(network)
    with pytest.raises(NotAllowed):
        import_sheet(by=UserFactory.create(), incoming=incoming(), network=network)
    with pytest.raises(NotAllowed):
        import_sheet(by=curator, incoming=incoming())
    import_sheet(by=curator, incoming=incoming(), network=network)
    sheet = Sheet.objects.get()
    assert (sheet.created_by, [a.is_credited for a in sheet.authorships.all()]) == (curator, [False])
