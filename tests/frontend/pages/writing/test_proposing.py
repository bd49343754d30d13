"""Changes proposed and answered through the pages."""

import pytest

from practices.actions import propose_change, publish_version, save_sheet
from practices.models import Proposal
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory
from tests.factories.sheets import PUBLISHABLE, published_sheet

pytestmark = pytest.mark.django_db


def test_propose_sends_only_what_changes() -> None:
    sheet = published_sheet()
    client, here = signed_in(UserFactory.create()), f"/fiches/{sheet.pk}/ameliorer/"
    page = client.get(here)
    sent: dict[str, object] = {"reason": "Plus haut"}
    stack = list(page.context["inputs"])
    while stack:
        one = stack.pop()
        stack += [*one.parts, *one.rows]
        if one.widget not in ("record", "rows"):
            sent[one.name] = [o.value for o in one.options if o.is_chosen] if one.options else one.value
    assert client.post(here, sent | {"reason": "Rien"}).context["errors"] == [("", "Cette proposition ne change rien.")]
    client.post(here, sent | {"aim": "Mille."})
    assert Proposal.objects.get().content == {"aim": "Mille."}
    wrong = client.post(here, sent | {"title": "x" * 101})
    assert [path for path, _ in wrong.context["errors"]] == ["title"]


def test_an_author_sees_the_difference_and_merges_it() -> None:
    sheet, reader = published_sheet(), UserFactory.create()
    values = {"aim": "Deux cents écoutes.", "steps": [*PUBLISHABLE["steps"], {"title": "Monter"}], "effort_setup": "e3"}
    proposal = propose_change(by=reader, sheet=sheet, values=values, reason="Plus haut")
    client, here = signed_in(sheet.created_by), proposal.get_absolute_url()
    page = client.get(here)
    assert [str(row["label"]) for row in page.context["changes"]] == ["Objectif", "Étapes", "Temps de mise en place"]
    assert signed_in(reader).get(here).context["may_decide"] is False
    assert signed_in(UserFactory.create()).get(here).status_code == 404
    client.post(here, {"merge": "1", "word": "Merci"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.word) == ("merged", "Merci")
    again = client.post(here, {"decline": "1"})
    assert again.context["refusal"] == "Cette proposition a déjà reçu une réponse."
    assert list(signed_in(sheet.created_by).get(f"/fiches/{sheet.pk}/propositions/").context["proposals"]) == [proposal]
    assert signed_in(UserFactory.create()).get(f"/fiches/{sheet.pk}/propositions/").context["proposals"] == []


def test_a_text_that_moved_is_shown_beside_the_proposed_one_until_it_is_settled() -> None:
    sheet, reader = published_sheet(), UserFactory.create()
    proposal = propose_change(by=reader, sheet=sheet, values={"aim": "Mille.", "problem": "Autre."}, reason="Haut")
    save_sheet(by=sheet.created_by, sheet=sheet, values={"aim": "Trois cents."}, revision=sheet.revision)
    client, here = signed_in(sheet.created_by), proposal.get_absolute_url()
    both = client.post(here, {"merge": "1", "word": "Merci", "revision": "?"})
    assert (both.status_code, [row["input"].value for row in both.context["collided"]]) == (409, ["Mille."])
    shown = both.content.decode()
    assert ("Trois cents." in shown, "Mille." in shown, 'value="Merci"' in shown) == (True, True, True)
    revision = both.context["revision"]
    again = client.post(here, {"merge": "1", "revision": revision - 1, "settle.aim": "mine", "aim": "Trois à mille."})
    assert [row["input"].value for row in again.context["collided"]] == ["Trois à mille."]
    client.post(here, {"merge": "1", "revision": revision, "settle.aim": "theirs", "aim": "Oublié."})
    sheet.refresh_from_db()
    content = sheet.version.content
    assert (content["aim"], content["problem"]) == ("Trois cents.", "Autre.")


def test_the_text_before_is_shown_while_its_version_is_open() -> None:
    sheet, reader = published_sheet(aim="Zanzibar."), UserFactory.create()
    proposal = propose_change(by=reader, sheet=sheet, values={"aim": "Lisbonne."}, reason="Discrétion")
    here = proposal.get_absolute_url()
    assert "Zanzibar" in signed_in(reader).get(here).content.decode()
    assert sheet.created_by is not None
    sheet.refresh_from_db()
    values = {"aim": "Chez nous.", "confidentiality": "chatham"}
    save_sheet(by=sheet.created_by, sheet=sheet, values=values, revision=sheet.revision)
    publish_version(by=sheet.created_by, sheet=sheet, reason="Discrétion")
    page = signed_in(reader).get(here).content.decode()
    assert ("Zanzibar" in page, "Lisbonne" in page) == (False, True)
    assert "Zanzibar" in signed_in(sheet.created_by).get(here).content.decode()


def test_authors_edit_instead_of_proposing() -> None:
    sheet = published_sheet()
    assert signed_in(sheet.created_by).get(f"/fiches/{sheet.pk}/ameliorer/").status_code == 403
