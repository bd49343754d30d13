"""Changes proposed by readers."""

import pytest

from commons.errors import Conflict, Invalid, NotAllowed, NotFound
from practices.actions import decide_proposal, propose_change, publish_version, save_sheet
from practices.enums import ProposalState
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def test_propose_change_waits_and_merging_publishes_it() -> None:
    sheet, reader = published_sheet(), UserFactory.create()
    proposal = propose_change(
        by=reader, sheet=sheet, values={"aim": "Deux cents.", "title": sheet.title}, reason="Coquille"
    )
    assert (proposal.content, proposal.base, proposal.state) == (
        {"aim": "Deux cents."},
        sheet.version,
        ProposalState.OPEN,
    )
    decided = decide_proposal(by=sheet.created_by, proposal=proposal, is_merged=True, word="Merci")
    sheet.refresh_from_db()
    assert (decided.state, decided.word, decided.decided_by) == (ProposalState.MERGED, "Merci", sheet.created_by)
    assert (sheet.version.number, sheet.version.reason, sheet.version.content["aim"]) == (2, "Coquille", "Deux cents.")


def test_declining_changes_nothing_and_is_final() -> None:
    sheet = published_sheet()
    proposal = propose_change(by=UserFactory.create(), sheet=sheet, values={"aim": "Mille."}, reason="Plus haut")
    decide_proposal(by=sheet.created_by, proposal=proposal, is_merged=False, word="Non")
    sheet.refresh_from_db()
    assert sheet.version.number == 1
    with pytest.raises(Conflict) as refusal:
        decide_proposal(by=sheet.created_by, proposal=proposal, is_merged=True)
    assert refusal.value.code == "decided"


def test_merging_over_a_text_that_moved_shows_both() -> None:
    sheet = published_sheet()
    proposal = propose_change(by=UserFactory.create(), sheet=sheet, values={"aim": "Mille."}, reason="Plus haut")
    saved = save_sheet(by=sheet.created_by, sheet=sheet, values={"aim": "Trois cents."}, revision=sheet.revision)
    publish_version(by=sheet.created_by, sheet=saved, reason="Mieux")
    with pytest.raises(Conflict) as refusal:
        decide_proposal(by=sheet.created_by, proposal=proposal, is_merged=True)
    assert refusal.value.theirs == {"aim": "Trois cents."}
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN


def test_a_collision_merges_once_it_is_settled_by_who_has_seen_the_text() -> None:
    sheet = published_sheet()
    values = {"aim": "Mille.", "problem": "Autre."}
    proposal = propose_change(by=UserFactory.create(), sheet=sheet, values=values, reason="Plus haut")
    saved = save_sheet(by=sheet.created_by, sheet=sheet, values={"aim": "Trois cents."}, revision=sheet.revision)
    seen = saved.revision
    saved = save_sheet(by=sheet.created_by, sheet=saved, values={"aim": "Quatre cents."}, revision=seen)
    with pytest.raises(Conflict) as refusal:
        decide_proposal(
            by=sheet.created_by, proposal=proposal, is_merged=True, settled={"aim": "Trois à mille."}, revision=seen
        )
    assert (refusal.value.theirs, refusal.value.revision) == ({"aim": "Quatre cents."}, saved.revision)
    settled = {"aim": "Quatre cents à mille.", "problem": "Laissé de côté : rien n’y a bougé."}
    decide_proposal(by=sheet.created_by, proposal=proposal, is_merged=True, settled=settled, revision=saved.revision)
    sheet.refresh_from_db()
    shown = sheet.version.content
    assert (shown["aim"], shown["problem"]) == ("Quatre cents à mille.", "Autre.")


def test_authors_who_wrote_the_same_meanwhile_do_not_collide() -> None:
    sheet = published_sheet()
    values = {"aim": "Mille.", "problem": "Autre."}
    proposal = propose_change(by=UserFactory.create(), sheet=sheet, values=values, reason="Plus haut")
    save_sheet(by=sheet.created_by, sheet=sheet, values={"aim": "Mille."}, revision=sheet.revision)
    decide_proposal(by=sheet.created_by, proposal=proposal, is_merged=True)
    sheet.refresh_from_db()
    assert (sheet.version.content["aim"], sheet.version.content["problem"]) == ("Mille.", "Autre.")


def test_propose_change_refuses_nothing_new_no_reason_and_wrong_values() -> None:
    sheet, reader = published_sheet(), UserFactory.create()
    for values, reason, paths in (
        ({"aim": sheet.content["aim"]}, "Rien", [""]),
        ({"aim": "Autre"}, " ", ["reason"]),
        ({"outcome": "splendid"}, "Vocabulaire", ["outcome"]),
    ):
        with pytest.raises(Invalid) as refusal:
            propose_change(by=reader, sheet=sheet, values=values, reason=reason)
        assert list(refusal.value.fields) == paths


def test_propose_change_is_for_readers_and_deciding_for_authors() -> None:
    sheet, reader = published_sheet(), UserFactory.create()
    with pytest.raises(NotAllowed):
        propose_change(by=sheet.created_by, sheet=sheet, values={"aim": "x"}, reason="x")
    with pytest.raises(NotFound):
        propose_change(by=reader, sheet=draft_sheet(), values={"aim": "x"}, reason="x")
    proposal = propose_change(by=reader, sheet=sheet, values={"aim": "x"}, reason="x")
    with pytest.raises(NotAllowed):
        decide_proposal(by=reader, proposal=proposal, is_merged=True)
    with pytest.raises(NotFound):
        decide_proposal(by=UserFactory.create(), proposal=proposal, is_merged=True)
