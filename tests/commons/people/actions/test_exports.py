"""A person's copy of their data: made once, told by mail, theirs alone, gone after seven days."""

import datetime
import json
import zipfile
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from commons.people import jobs
from commons.people.actions import ask_export, build_export, change_profile, forget_exports
from commons.people.holdings import holdings
from commons.people.models import PersonalExport
from tests.factories.lives import whole_life
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def archived(export: PersonalExport) -> dict[str, str]:
    with export.file.open() as file, zipfile.ZipFile(file) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def test_a_copy_holds_all_that_a_person_made_and_nothing_of_others() -> None:
    life = whole_life()
    files = archived(PersonalExport.objects.get(user=life.person))
    parts = {
        "ateliers", "questions", "places", "sujets", "comptes-rendus", "comptes-rendus-revisions", "discussions",
        "messages",
        "anciens-textes", "reactions", "votes", "suivis", "brouillons", "fiches", "versions", "propositions",
        "essais", "avis", "soutiens", "fichiers", "compte", "adresses", "reseaux", "cles", "connexions",
        "doubles-facteurs", "recherches", "choix", "decisions", "signalements", "mesures",
        "essais-non-envoyes", "notifications", "choix-notifications", "rythme", "sujets-suivis",
    }  # fmt: skip
    held = {part.name for holding in holdings() for part in holding.sections(life.person) if part.rows}
    assert parts <= held
    assert {name for name in files if name.startswith("json/")} == {f"json/{part}.json" for part in held}
    assert {name for name in files if name.startswith("markdown/")} == {f"markdown/{part}.md" for part in held}
    assert len([name for name in files if name.startswith("fichiers/")]) == 2
    (account,) = json.loads(files["json/compte.json"])
    assert (account["email"], account["shows_presence"]) == (life.person.email, False)
    assert [row["body"] for row in json.loads(files["json/messages.json"])][1] == "Une réponse attendue."
    assert "- nom public : Zéphyrine Quintefeuille" in files["markdown/compte.md"]
    assert "- shows presence : non" in files["markdown/compte.md"]
    assert "Encore." not in "".join(files.values())  # the friend's words
    assert "markdown/fiches.md" in files["LISEZMOI.md"]
    assert "secret" not in files["json/doubles-facteurs.json"]


def test_a_copy_is_asked_for_once_in_an_hour(django_capture_on_commit_callbacks: Any) -> None:
    person = UserFactory.create(language="en")
    with django_capture_on_commit_callbacks(execute=True):
        export = ask_export(by=person)
    assert ask_export(by=person) == export
    jobs.make_export.call_local(export.pk)
    jobs.make_export.call_local(export.pk)
    export.refresh_from_db()
    assert [(m.to, m.subject) for m in mail.outbox] == [([person.email], "[Commons] Your data is ready")]
    assert export.size == export.file.size
    assert str(export) == f"{export.created_at:%Y-%m-%d}"
    PersonalExport.objects.update(created_at=timezone.now() - datetime.timedelta(hours=2))
    assert ask_export(by=person) != export


def test_a_copy_goes_after_seven_days(django_capture_on_commit_callbacks: Any) -> None:
    export = ask_export(by=UserFactory.create())
    build_export(export_id=export.pk)
    export.refresh_from_db()
    until = export.expires_at
    assert until is not None
    assert forget_exports(now=until - datetime.timedelta(seconds=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_exports(now=until) == 1
    assert not export.file.storage.exists(export.file.name)
    build_export(export_id=export.pk)  # it is no more: nothing happens


def test_changes_of_mind_are_kept() -> None:
    person = UserFactory.create()
    change_profile(by=person, person=person, values={"is_credited": True, "shows_presence": False})
    change_profile(by=person, person=person, values={"shows_presence": True})
    rows = [(c.purpose, c.is_given, c.how, str(c)) for c in person.consents.order_by("pk")]
    assert rows == [("presence", False, "profile", "presence: False"), ("presence", True, "profile", "presence: True")]
