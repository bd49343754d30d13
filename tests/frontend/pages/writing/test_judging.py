"""Trials, ratings and support through the pages."""

import pytest
from django.test import Client

from practices.actions import add_trial, publish_version, rate_sheet, save_sheet
from practices.models import Rating, Trial
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db
REPORT = {"adaptation": "adapted", "changed": "Au foyer.", "outcome": "worked", "recommend": "9"}


def test_trial_is_published_on_the_sheet_with_what_more_was_said() -> None:
    sheet, user = published_sheet(), UserFactory.create()
    first = add_trial(by=UserFactory.create(), sheet=sheet, adaptation="same", outcome="mixed", recommend=5)
    client, here = signed_in(user), f"/fiches/{sheet.pk}/essayer/"
    assert list(client.get(here).context["parents"]) == [first]
    client.post(here, REPORT | {"parent": first.pk, "if_again": "Plus tôt.", "period.start": "2026-02-01"})
    trial = Trial.objects.get(by=user)
    assert (trial.parent, trial.content) == (first, {"if_again": "Plus tôt.", "period": {"start": "2026-02-01"}})


def test_a_trial_told_to_members_is_not_read_by_all_until_it_is_saved_again() -> None:
    sheet, user = published_sheet(confidentiality="members"), UserFactory.create()
    trial = add_trial(by=user, sheet=sheet, adaptation="adapted", outcome="failed", recommend=1, changed="Raté.")
    author = sheet.created_by
    saved = save_sheet(by=author, sheet=sheet, values={"confidentiality": "public"}, revision=sheet.revision)
    publish_version(by=author, sheet=saved, reason="Ouverte")
    visitor, client = Client(), signed_in(user)
    page = visitor.get(sheet.get_absolute_url()).content.decode()
    assert ("Raté." in page, "mais pas à tout le monde" in page) == (False, True)
    assert visitor.get(f"/api/v1/sheets/{sheet.pk}/trials/").json()["results"] == []
    assert "Vous aviez raconté cet essai" in client.get(f"/essais/{trial.pk}/").content.decode()
    client.post(f"/essais/{trial.pk}/", REPORT | {"changed": "Raté, puis repris."})
    assert "Raté, puis repris." in visitor.get(sheet.get_absolute_url()).content.decode()
    assert "les mêmes personnes que la fiche" in client.get(f"/essais/{trial.pk}/").content.decode()


def test_trial_keeps_what_was_typed_when_refused() -> None:
    sheet = published_sheet()
    client = signed_in(UserFactory.create())
    page = client.post(f"/fiches/{sheet.pk}/essayer/", REPORT | {"changed": "", "if_again": "x" * 501, "parent": "?"})
    assert page.context["form"].errors["changed"] == ["Dites ce que vous avez changé."]
    page = client.post(f"/fiches/{sheet.pk}/essayer/", REPORT | {"if_again": "x" * 501})
    assert page.context["form"].non_field_errors() == ["Si c’était à refaire : 500 caractères au plus : il y en a 501."]
    assert "x" * 501 in page.content.decode()
    assert Trial.objects.count() == 0


def test_trial_is_corrected_by_its_author_only() -> None:
    sheet, user = published_sheet(), UserFactory.create()
    trial = add_trial(
        by=user, sheet=sheet, adaptation="same", outcome="mixed", recommend=5, values={"enablers": "Le bar."}
    )
    here = f"/essais/{trial.pk}/"
    assert signed_in(UserFactory.create()).get(here).status_code == 403
    client = signed_in(user)
    assert client.get(here).context["form"].initial["recommend"] == 5
    assert client.post(here, REPORT | {"changed": ""}).status_code == 200
    client.post(here, REPORT | {"if_again": "Plus tôt."})
    trial.refresh_from_db()
    assert (trial.outcome, trial.content) == ("worked", {"enablers": "Le bar.", "if_again": "Plus tôt."})


def test_own_house_gets_the_same_refusal_as_everywhere() -> None:
    sheet = published_sheet()
    client = signed_in(sheet.created_by)
    assert client.get(f"/fiches/{sheet.pk}/essayer/").status_code == 403
    assert client.get(f"/fiches/{sheet.pk}/avis/").status_code == 403


def test_rating_is_given_changed_and_withdrawn() -> None:
    sheet, user = published_sheet(), UserFactory.create()
    client, here = signed_in(user), f"/fiches/{sheet.pk}/avis/"
    page = client.post(here, {"useful": "5", "clear": "9"})
    assert [row["error"] != "" for row in page.context["aspects"]] == [False, True, True]
    client.post(here, {"useful": "5", "clear": "4", "transferable": "3"})
    assert str(Rating.objects.get()) == "5/4/3"
    assert [row["value"] for row in client.get(here).context["aspects"]] == [5, 4, 3]
    client.post(here, {"withdraw": "1"})
    assert Rating.objects.count() == 0


def test_support_is_given_and_taken_back() -> None:
    need = published_sheet(kind="need")
    client = signed_in(UserFactory.create())
    client.post(f"/fiches/{need.pk}/nous-aussi/")
    need.refresh_from_db()
    assert need.support_count == 1
    client.post(f"/fiches/{need.pk}/nous-aussi/", {"withdraw": "1"})
    need.refresh_from_db()
    assert need.support_count == 0


def test_a_rating_by_the_action_shows_on_the_form() -> None:
    sheet, user = published_sheet(), UserFactory.create()
    rate_sheet(by=user, sheet=sheet, useful=2, clear=2, transferable=2)
    assert signed_in(user).get(f"/fiches/{sheet.pk}/avis/").context["own"].useful == 2


def test_who_has_no_house_is_told_where_to_say_it() -> None:
    page = signed_in(UserFactory.create(institution=None)).get(f"/fiches/{published_sheet().pk}/essayer/")
    assert "Compléter mon profil" in page.content.decode()
