"""The form of a sheet: begun, saved by hand and by itself, refused field by field, never overwritten."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from frontend.pages.writing.saving import mark_of
from practices.actions import create_sheet, save_sheet
from practices.models import Sheet
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, join_authors, published_sheet

pytestmark = pytest.mark.django_db
AUTOSAVE = {"X-Autosave": "1"}


def step_of(sheet: Sheet, step: str = "essentials") -> str:
    return reverse("sheet_edit", args=[sheet.pk, step])


def begun(**values: Any) -> tuple[Client, Sheet]:
    author = UserFactory.create()
    sheet = create_sheet(by=author, values={"kind": "practice", "title": "Le podcast du bar"} | values)
    return signed_in(author), sheet


def essentials(sheet: Sheet, **values: Any) -> dict[str, Any]:
    own = {"title": sheet.content["title"], "institution": sheet.content.get("institution", "")}
    return own | {"revision": sheet.revision} | values


def test_two_fields_open_a_draft_with_ones_own_house() -> None:
    author = UserFactory.create()
    response = signed_in(author).post(reverse("sheet_create"), {"kind": "guide", "title": "Filmer", "language": "en"})
    sheet = Sheet.objects.get()
    assert response["Location"] == step_of(sheet)
    opened = {code: sheet.content[code] for code in ("kind", "title", "language", "institution")}
    assert opened == {"kind": "guide", "title": "Filmer", "language": "en", "institution": author.institution.slug}
    page = signed_in(author).get(step_of(sheet)).content.decode()
    assert f'<option value="{author.institution.slug}" selected>' in page


def test_a_draft_without_a_title_is_refused_beside_it() -> None:
    response = signed_in(UserFactory.create()).post(reverse("sheet_create"), {"kind": "guide", "language": "fr"})
    assert (list(response.context["form"].errors), Sheet.objects.count()) == (["title"], 0)


def test_a_visitor_is_asked_to_sign_in() -> None:
    _author, sheet = begun()
    for url in (reverse("sheet_create"), step_of(sheet)):
        assert Client().get(url)["Location"].startswith(reverse("account_login"))


def test_the_page_refuses_what_the_action_refuses() -> None:
    _author, draft = begun()
    reader = signed_in(UserFactory.create())
    assert reader.get(step_of(draft)).status_code == 404
    assert reader.post(step_of(draft), {"title": "À moi"}).status_code == 404
    assert reader.post(step_of(published_sheet()), {"title": "À moi"}).status_code == 403
    assert [sheet.content["title"] for sheet in Sheet.objects.all()] == ["Le podcast du bar"] * 2


def test_saving_leads_to_the_next_step_or_back_here() -> None:
    author, sheet = begun()
    response = author.post(step_of(sheet), essentials(sheet, summary="Douze minutes.", next="1"))
    sheet.refresh_from_db()
    assert (response["Location"], sheet.content["summary"]) == (step_of(sheet, "story"), "Douze minutes.")
    story = {"steps.0.title": "Choisir", "revision": sheet.revision}
    response = author.post(step_of(sheet, "story"), story | {"more": "steps"})
    sheet.refresh_from_db()
    assert (response["Location"], sheet.content["steps"]) == (
        f"{step_of(sheet, 'story')}#steps",
        [{"title": "Choisir"}],
    )


def test_what_is_wrong_holds_back_nothing_else() -> None:
    author, sheet = begun()
    sent = essentials(sheet, summary="Douze minutes.", aim="a" * 501, domain=["mediation", "nulle-part"])
    response = author.post(step_of(sheet), sent)
    sheet.refresh_from_db()
    assert response.status_code == 422
    assert sheet.content["summary"] == "Douze minutes."
    assert {"aim", "domain"} & set(sheet.content) == set()
    assert response.context["errors"] == [
        ("aim", "500 caractères au plus : il y en a 501."),
        ("domain", "« nulle-part » ne fait pas partie de la liste."),
    ]
    assert "a" * 501 in response.content.decode()


def test_autosave_answers_the_revision_the_refusals_and_what_is_lacking() -> None:
    author, sheet = begun()
    sent = essentials(sheet, summary="Douze minutes.", aim="a" * 501)
    response = author.post(step_of(sheet), sent, headers=AUTOSAVE)
    sheet.refresh_from_db()
    answer = response.json()
    lacks, starts = answer.pop("lacks"), answer.pop("starts")
    assert (response.status_code, answer) == (
        200,
        {"revision": sheet.revision, "errors": {"aim": ["500 caractères au plus : il y en a 501."]}, "theirs": []},
    )
    assert starts["summary"] == {"base": sheet.revision, "was": mark_of("Douze minutes.")}
    assert "aim" not in starts
    assert ("En une phrase" in lacks, "Objectif" in lacks) == (False, True)


def test_saving_what_is_there_changes_nothing() -> None:
    author, sheet = begun(summary="Un.", aim="Deux\n\nlignes.")
    sent = essentials(sheet, summary="Un.", aim="Deux\r\n\r\nlignes.")
    response = author.post(step_of(sheet), sent, headers=AUTOSAVE)
    assert response.json()["revision"] == sheet.revision


def collided() -> tuple[Client, Sheet, dict[str, Any]]:
    """Return an author whose summary somebody else changed since they opened the form, and what they send."""
    sheet = draft_sheet()
    other = UserFactory.create()
    join_authors(sheet, other)
    sent = essentials(sheet, summary="Le mien.", aim="Mon objectif.", problem=sheet.content["problem"])
    save_sheet(by=other, sheet=sheet, values={"summary": "Le leur."}, revision=sheet.revision)
    return signed_in(sheet.created_by), sheet, sent | {"domain": ["mediation"]}


def test_the_second_editor_sees_both_texts_and_overwrites_nothing() -> None:
    author, sheet, sent = collided()
    response = author.post(step_of(sheet), sent)
    sheet.refresh_from_db()
    assert (response.status_code, sheet.content["summary"], sheet.content["aim"]) == (409, "Le leur.", "Mon objectif.")
    (row,) = [row for row in response.context["rows"] if row["is_collided"]]
    assert (row["input"].name, row["input"].value, row["theirs"].text) == ("summary", "Le mien.", "Le leur.")
    again = sent | {"revision": sheet.revision, "base.summary": row["start"]["base"]}
    assert author.post(step_of(sheet), again).status_code == 409
    sheet.refresh_from_db()
    assert sheet.content["summary"] == "Le leur."


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Le mien."), ("theirs", "Le leur.")])
def test_the_second_editor_chooses(choice: str, kept: str) -> None:
    author, sheet, sent = collided()
    (row,) = [row for row in author.post(step_of(sheet), sent).context["rows"] if row["is_collided"]]
    sheet.refresh_from_db()
    settled = sent | {"revision": sheet.revision, "base.summary": row["start"]["base"], "settle.summary": choice}
    assert author.post(step_of(sheet), settled).status_code == 302
    sheet.refresh_from_db()
    assert sheet.content["summary"] == kept


def test_a_choice_made_on_a_text_that_moved_again_is_asked_again() -> None:
    author, sheet, sent = collided()
    author.post(step_of(sheet), sent)
    sheet.refresh_from_db()
    settled = sent | {"revision": sheet.revision, "base.summary": sent["revision"], "settle.summary": "mine"}
    other = sheet.authors.exclude(pk=sheet.created_by_id).get()
    save_sheet(by=other, sheet=sheet, values={"summary": "Le leur, encore."}, revision=sheet.revision)
    assert author.post(step_of(sheet), settled).status_code == 409
    sheet.refresh_from_db()
    assert sheet.content["summary"] == "Le leur, encore."


def as_shown(page: Any) -> dict[str, Any]:
    """Return where each field of the page starts from."""
    return {f"{name}.{row['input'].name}": v for row in page.context["rows"] for name, v in row["start"].items()}


def test_a_field_left_alone_never_collides_nor_undoes_what_others_wrote() -> None:
    author, sheet, sent = collided()
    starts = {f"was.{code}": mark_of(sheet.content[code]) for code in ("summary", "domain")}
    untouched = sent | starts | {"summary": sheet.content["summary"], "domain": sheet.content["domain"]}
    assert author.post(step_of(sheet), untouched).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.content["summary"], sheet.content["aim"]) == ("Le leur.", "Mon objectif.")


def test_a_field_touched_after_others_saved_around_it_still_collides() -> None:
    author, sheet = begun(summary="Au début.")
    opened = as_shown(author.get(step_of(sheet)))
    other = UserFactory.create()
    join_authors(sheet, other)
    save_sheet(by=other, sheet=sheet, values={"summary": "Le leur."}, revision=sheet.revision)
    sent = essentials(sheet, summary="Au début.", aim="Cent.") | opened
    first = author.post(step_of(sheet), sent, headers=AUTOSAVE)
    starts = {f"{name}.{code}": v for code, start in first.json()["starts"].items() for name, v in start.items()}
    second = author.post(step_of(sheet), sent | starts | {"summary": "Le mien."}, headers=AUTOSAVE)
    sheet.refresh_from_db()
    assert (first.status_code, second.status_code, second.json()["theirs"]) == (200, 409, ["summary"])
    assert (sheet.content["summary"], sheet.content["aim"]) == ("Le leur.", "Cent.")


def test_autosave_tells_what_collided_and_keeps_the_rest() -> None:
    author, sheet, sent = collided()
    response = author.post(step_of(sheet), sent, headers=AUTOSAVE)
    sheet.refresh_from_db()
    assert (response.status_code, response.json()["theirs"], response.json()["revision"]) == (
        409, ["summary"], sheet.revision,
    )  # fmt: skip
    assert (sheet.content["summary"], sheet.content["aim"]) == ("Le leur.", "Mon objectif.")


def test_a_preview_is_drawn_safely_and_saves_nothing() -> None:
    author, sheet = begun()
    sent = essentials(sheet, aim="**Cent** <script>alert(1)</script>", preview="aim")
    response = author.post(step_of(sheet), sent, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert ("<strong>Cent</strong>" in page, "<script" in page, "<html" in page) == (True, False, False)
    sheet.refresh_from_db()
    assert "aim" not in sheet.content


def test_a_preview_without_scripts_saves_and_shows() -> None:
    author, sheet = begun()
    response = author.post(step_of(sheet), essentials(sheet, aim="**Cent**", preview="aim"))
    assert response["Location"] == f"{step_of(sheet)}?preview=aim#aim"
    assert "<strong>Cent</strong>" in author.get(f"{step_of(sheet)}?preview=aim").content.decode()


def test_every_step_of_every_genre_opens() -> None:
    for kind in ("practice", "guide", "need"):
        author, sheet = begun(kind=kind)
        steps = [step["url"] for step in author.get(step_of(sheet)).context["steps"]]
        assert [author.get(url).status_code for url in steps] == [200] * len(steps)
        assert author.get(step_of(sheet, "nulle-part"))["Location"] == step_of(sheet)


def test_a_whole_step_sent_back_as_it_was_changes_nothing() -> None:
    sheet = draft_sheet()
    client = signed_in(sheet.created_by)
    for step in ("essentials", "story", "context", "means", "effects", "sharing"):
        page = client.get(step_of(sheet, step))
        sent: dict[str, object] = {"revision": sheet.revision}
        stack = [row["input"] for row in page.context["rows"]]
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
