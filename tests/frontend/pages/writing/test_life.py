"""One's own sheets: proposing, publishing, confirming."""

import pytest

from practices.actions import decide_sheet, save_sheet
from practices.enums import EditorialState
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join
from tests.factories.sheets import draft_sheet, published_sheet, sheet_in

pytestmark = pytest.mark.django_db


def test_drafts_lists_ones_own_sheets_with_the_curators_last_word() -> None:
    sheet = sheet_in("submitted")
    decide_sheet(by=UserFactory.create(is_moderator=True), sheet=sheet, state="draft", reason="Dites combien.")
    draft_sheet()
    page = signed_in(sheet.created_by).get("/mes-fiches/")
    assert [(row["sheet"], row["decision"].reason) for row in page.context["rows"]] == [(sheet, "Dites combien.")]
    assert "Vous n’avez pas encore" in signed_in(UserFactory.create()).get("/mes-fiches/").content.decode()


def test_submit_offers_my_networks_and_says_what_is_missing() -> None:
    network, author = NetworkFactory.create(), UserFactory.create()
    NetworkFactory.create()
    join(author, network)
    sheet = draft_sheet(author, aim="")
    client, here = signed_in(author), f"/ecrire/{sheet.pk}/proposer/"
    assert list(client.get(here).context["form"].fields["network"].queryset) == [network]
    refused = client.post(here, {"network": network.pk})
    assert refused.context["form"].non_field_errors() == ["Il manque encore : Objectif."]
    save_sheet(by=author, sheet=sheet, values={"aim": "Mille."}, revision=2)
    assert client.post(here, {"network": network.pk}).url == "/mes-fiches/"
    sheet.refresh_from_db()
    assert (sheet.editorial_state, sheet.network) == (EditorialState.SUBMITTED, network)


def test_publish_shows_readers_the_working_text() -> None:
    sheet = published_sheet()
    client, here = signed_in(sheet.created_by), f"/ecrire/{sheet.pk}/publier/"
    refused = client.post(here, {"reason": "Rien"})
    assert refused.context["form"].non_field_errors() == ["Rien n’a changé depuis la dernière version."]
    save_sheet(by=sheet.created_by, sheet=sheet, values={"aim": "Mille."}, revision=sheet.revision)
    assert client.get(here).status_code == 200
    assert client.post(here, {"reason": "Plus haut"}).url == sheet.get_absolute_url()
    sheet.refresh_from_db()
    assert (sheet.version.number, sheet.version.reason) == (2, "Plus haut")


def test_confirm_is_a_post_and_moves_the_review_date() -> None:
    sheet = sheet_in("to_review")
    client = signed_in(sheet.created_by)
    assert client.get(f"/ecrire/{sheet.pk}/confirmer/").status_code == 405
    client.post(f"/ecrire/{sheet.pk}/confirmer/")
    sheet.refresh_from_db()
    assert sheet.editorial_state == EditorialState.ADOPTED


def test_a_curator_may_correct_but_a_member_may_not() -> None:
    network, author, member = NetworkFactory.create(), UserFactory.create(), UserFactory.create()
    join(author, network)
    join(member, network)
    sheet = sheet_in("submitted", by=author, network=network)
    assert signed_in(curator_of(network)).get(f"/ecrire/{sheet.pk}/").status_code == 200
    assert signed_in(member).get(f"/ecrire/{sheet.pk}/").status_code == 404


def test_drafts_say_what_is_missing_and_what_is_not_published_yet() -> None:
    author = UserFactory.create()
    draft_sheet(author, aim="")
    adopted = published_sheet(author)
    save_sheet(by=author, sheet=adopted, values={"aim": "Mille."}, revision=adopted.revision)
    rows = signed_in(author).get("/mes-fiches/").context["rows"]
    assert [([str(item["label"]) for item in row["lacking"]], row["has_unpublished"]) for row in rows] == [
        ([], True), (["Objectif"], False),
    ]  # fmt: skip
