"""Writing a sheet: two fields, then steps that save what can be saved."""

import pytest
from django.test import Client
from pytest_django.asserts import assertRedirects

from practices.actions import save_sheet
from practices.models import Sheet
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def step_of(sheet: Sheet, step: str) -> str:
    return f"/ecrire/{sheet.pk}/{step}/"


def essentials(sheet: Sheet, **changed: object) -> dict[str, object]:
    sent = {c: sheet.content.get(c, "") for c in ("title", "summary", "problem", "aim", "domain", "institution")}
    return sent | {"revision": sheet.revision} | changed


def test_create_opens_a_draft_and_goes_to_its_first_step() -> None:
    client = signed_in(UserFactory.create())
    response = client.post("/ecrire/", {"kind": "practice", "title": "Le podcast", "language": "fr"})
    sheet = Sheet.objects.get()
    assertRedirects(response, step_of(sheet, "essentials"))
    assert client.post("/ecrire/", {"kind": "practice", "title": ""}).context["form"].errors["title"] == [
        "Ce champ est obligatoire."
    ]


def test_visitors_are_asked_to_sign_in_and_strangers_see_nothing() -> None:
    sheet = draft_sheet()
    assertRedirects(Client().get(step_of(sheet, "story")), f"/compte/login/?next=/ecrire/{sheet.pk}/story/")
    assert signed_in(UserFactory.create()).get(step_of(sheet, "story")).status_code == 404
    assert signed_in(UserFactory.create()).get(step_of(published_sheet(), "story")).status_code == 403


@pytest.mark.parametrize("kind", ["practice", "guide", "need"])
def test_every_step_of_every_genre_shows_its_values(kind: str) -> None:
    sheet = draft_sheet(kind=kind)
    client = signed_in(sheet.created_by)
    for step in ("essentials", "story", "context", "means", "effects", "sharing"):
        response = client.get(step_of(sheet, step), follow=True)
        assert response.status_code == 200
        assert f'value="{sheet.revision}"' in response.content.decode()
    assert "Le podcast du bar" in client.get(step_of(sheet, "essentials")).content.decode()


def test_a_whole_step_sent_back_as_it_was_changes_nothing() -> None:
    sheet = draft_sheet()
    client = signed_in(sheet.created_by)
    for step in ("essentials", "story", "context", "means", "effects", "sharing"):
        page = client.get(step_of(sheet, step))
        sent: dict[str, object] = {"revision": sheet.revision}
        stack = list(page.context["inputs"])
        while stack:
            one = stack.pop()
            stack += [*one.parts, *one.rows]
            if one.widget in ("record", "rows"):
                continue
            if one.options:
                sent[one.name] = [option.value for option in one.options if option.is_chosen]
            elif one.widget != "flag" or one.value:
                sent[one.name] = one.value
        client.post(step_of(sheet, step), sent)
    before = (sheet.content, sheet.revision)
    sheet.refresh_from_db()
    assert (sheet.content, sheet.revision) == before


def test_save_and_continue_goes_to_the_next_step() -> None:
    sheet = draft_sheet()
    response = signed_in(sheet.created_by).post(step_of(sheet, "essentials"), essentials(sheet, aim="Mille.", next="1"))
    assertRedirects(response, step_of(sheet, "story"))
    sheet.refresh_from_db()
    assert sheet.content["aim"] == "Mille."


def test_what_is_wrong_is_shown_and_the_rest_is_saved() -> None:
    sheet = draft_sheet()
    sent = essentials(sheet, aim="Mille.", title="x" * 101, domain=["splendeur"])
    response = signed_in(sheet.created_by).post(step_of(sheet, "essentials"), sent)
    assert response.status_code == 422
    assert sorted({path for path, _ in response.context["errors"]}) == ["domain", "title"]
    assert "x" * 101 in response.content.decode()
    sheet.refresh_from_db()
    assert (sheet.content["aim"], sheet.content["title"]) == ("Mille.", "Le podcast du bar")


def test_two_editors_of_one_field_see_both_texts_and_lose_none() -> None:
    sheet = draft_sheet()
    save_sheet(by=sheet.created_by, sheet=sheet, values={"aim": "Le <b>sien</b>"}, revision=2)
    sent = essentials(sheet, aim="Le mien", problem="Autre problème")
    response = signed_in(sheet.created_by).post(step_of(sheet, "essentials"), sent)
    page = response.content.decode()
    assert (response.status_code, "sien" in page, "Le mien" in page) == (409, True, True)
    sheet.refresh_from_db()
    assert (sheet.content["aim"], sheet.content["problem"]) == ("Le <b>sien</b>", "Autre problème")
    again = essentials(sheet, aim="Les deux", revision=sheet.revision)
    signed_in(sheet.created_by).post(step_of(sheet, "essentials"), again)
    sheet.refresh_from_db()
    assert sheet.content["aim"] == "Les deux"


def test_autosave_answers_in_json() -> None:
    sheet = draft_sheet()
    client = signed_in(sheet.created_by)
    here, quiet = step_of(sheet, "essentials"), {"X-Autosave": "1"}
    assert client.post(here, essentials(sheet, aim="Mille."), headers=quiet).json() == {
        "revision": 3, "errors": {}, "theirs": {}, "missing": [],
    }  # fmt: skip
    late = client.post(here, essentials(sheet, aim="Trop tard"), headers=quiet)
    assert (late.status_code, late.json()["theirs"]) == (409, {"aim": "Mille."})
    wrong = client.post(here, essentials(sheet, aim="Mille.", title="", revision=3), headers=quiet)
    assert (wrong.status_code, list(wrong.json()["errors"])) == (200, ["title"])


def test_rows_and_free_choices_are_read_from_the_form() -> None:
    sheet = draft_sheet(steps=[])
    sent = {
        "revision": sheet.revision,
        "what": "Un micro.",
        "steps.0.title": "Choisir",
        "steps.0.who": ["mediation", "other"],
        "steps.0.who.other": "Fanfare",
        "steps.3.title": "",
        "steps.4.title": "Monter",
        "status.code": "experiment",
        "period.start": "2026-01-05",
    }
    signed_in(sheet.created_by).post(step_of(sheet, "story"), sent)
    sheet.refresh_from_db()
    assert sheet.content["steps"] == [
        {"title": "Choisir", "who": ["mediation", "other:Fanfare"]}, {"title": "Monter"},
    ]  # fmt: skip
    assert "Fanfare" in signed_in(sheet.created_by).get(step_of(sheet, "story")).content.decode()
    sent = {"revision": sheet.revision, "owner_contact.name": "A", "owner_contact.accepts_questions": "on"}
    sent |= {"tags": "radio, podcast\nbar", "confidentiality": "public", "licence": "CC-BY-4.0"}
    signed_in(sheet.created_by).post(step_of(sheet, "sharing"), sent)
    sheet.refresh_from_db()
    assert (sheet.content["tags"], sheet.content["owner_contact"]) == (
        ["radio", "podcast", "bar"], {"name": "A", "accepts_questions": True},
    )  # fmt: skip


def test_an_unknown_step_leads_to_the_first() -> None:
    sheet = draft_sheet()
    client = signed_in(sheet.created_by)
    assertRedirects(client.get(step_of(sheet, "poesie")), step_of(sheet, "essentials"), fetch_redirect_response=False)
