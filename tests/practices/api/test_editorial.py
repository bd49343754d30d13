"""The whole life of a sheet through the API, with tokens."""

import pytest

from tests.factories.api import client_of, refusal
from tests.factories.people import InstitutionFactory, NetworkFactory, UserFactory, curator_of, join
from tests.factories.sheets import PUBLISHABLE, published_sheet, sheet_in

pytestmark = pytest.mark.django_db
SHEETS = "/api/v1/sheets/"


def test_a_sheet_from_draft_to_the_mean_of_houses_like_mine() -> None:
    network, author_person = NetworkFactory.create(), UserFactory.create()
    join(author_person, network)
    author, curator = client_of(author_person), client_of(curator_of(network))
    sheet = author.post(SHEETS, {"kind": "practice", "title": "Le podcast", "language": "fr"}).json()
    here = f"{SHEETS}{sheet['id']}/"
    assert refusal(author.post(f"{here}submission/", {"network": network.slug})) == (422, "incomplete")
    assert author.patch(here, PUBLISHABLE).json()["missing"] == []
    assert author.post(f"{here}submission/", {"network": network.slug}).json()["editorial_state"] == "submitted"
    returned = curator.post(f"{here}decision/", {"state": "draft", "reason": "Dites combien."})
    assert returned.status_code == 200
    assert author.get(f"{here}decision/").json()["results"][-1]["reason"] == "Dites combien."
    author.patch(here, {"aim": "Mille écoutes."})
    author.post(f"{here}submission/", {})
    assert refusal(author.post(f"{here}decision/", {"state": "adopted"})) == (403, "not_allowed")
    assert curator.post(f"{here}decision/", {"state": "adopted"}).json()["editorial_state"] == "adopted"
    house = InstitutionFactory.create()
    second = client_of(UserFactory.create(institution=house))
    report = {"adaptation": "adapted", "changed": "Au foyer.", "outcome": "worked", "recommend": 9}
    trial = second.post(f"{here}trials/", report | {"values": {"if_again": "Plus tôt."}})
    assert (trial.status_code, trial.json()["house"]["slug"]) == (201, house.slug)
    child = client_of(UserFactory.create()).post(f"{here}trials/", report | {"parent": trial.json()["id"]})
    tree = client_of().get(f"{here}trials/").json()["results"]
    assert [(row["id"], row["depth"]) for row in tree] == [(trial.json()["id"], 0), (child.json()["id"], 1)]
    marks = {"useful": 5, "clear": 4, "transferable": 3}
    assert second.post(f"{here}ratings/", marks).json()["mine"] == marks
    third = client_of(UserFactory.create()).get(f"{here}ratings/").json()
    assert third == {
        "all": {"count": 1, "useful": 5.0, "clear": 4.0, "transferable": 3.0},
        "houses_like_mine": {"count": 1, "useful": 5.0, "clear": 4.0, "transferable": 3.0},
        "mine": None,
    }


def test_versions_are_published_listed_and_read() -> None:
    sheet = published_sheet()
    author, here = client_of(sheet.created_by), f"{SHEETS}{sheet.pk}/"
    assert refusal(author.post(f"{here}versions/", {"reason": "Rien"})) == (409, "unchanged")
    author.patch(here, {"aim": "Mille."})
    made = author.post(f"{here}versions/", {"reason": "Plus haut"})
    assert (made.status_code, made.json()["number"], made.json()["content"]["aim"]) == (201, 2, "Mille.")
    rows = client_of().get(f"{here}versions/").json()["results"]
    assert [(row["number"], row["reason"]) for row in rows] == [(2, "Plus haut"), (1, "Pour l’essai")]
    assert client_of().get(f"{here}versions/1/").json()["content"]["aim"] == "Cent écoutes par spectacle."
    assert refusal(client_of().get(f"{here}versions/3/")) == (404, "not_found")


def test_decisions_are_for_editors_and_confirmation_for_authors() -> None:
    sheet = sheet_in("to_review")
    here = f"{SHEETS}{sheet.pk}/"
    reader = client_of(UserFactory.create())
    assert refusal(reader.get(f"{here}decision/")) == (404, "not_found")
    assert refusal(reader.post(f"{here}confirmation/")) == (403, "not_allowed")
    assert client_of(sheet.created_by).post(f"{here}confirmation/").json()["editorial_state"] == "adopted"


def test_submission_to_an_unknown_network_is_refused() -> None:
    sheet = sheet_in("draft")
    response = client_of(sheet.created_by).post(f"{SHEETS}{sheet.pk}/submission/", {"network": "nulle-part"})
    assert (refusal(response), response.json()["errors"][0]["field"]) == ((422, "invalid"), "network")


def test_proposals_wait_for_an_author() -> None:
    sheet, reader = published_sheet(), UserFactory.create()
    here, proposer = f"{SHEETS}{sheet.pk}/proposals/", client_of(reader)
    made = proposer.post(here, {"values": {"aim": "Mille."}, "reason": "Plus haut"})
    assert (made.status_code, made.json()["content"]) == (201, {"aim": "Mille."})
    assert [row["id"] for row in proposer.get(here).json()["results"]] == [made.json()["id"]]
    assert client_of(UserFactory.create()).get(here).json()["results"] == []
    decision = f"{here}{made.json()['id']}/decision/"
    author = client_of(sheet.created_by)
    assert refusal(proposer.post(decision, {"is_merged": True})) == (403, "not_allowed")
    assert refusal(author.post(decision, {"is_merged": "oui"})) == (422, "invalid")
    assert refusal(author.post(f"{here}0/decision/", {"is_merged": True})) == (404, "not_found")
    assert author.post(decision, {"is_merged": True, "word": "Merci"}).json()["state"] == "merged"
    assert client_of().get(f"{SHEETS}{sheet.pk}/").json()["aim"] == "Mille."
    again = proposer.post(here, {"values": {"aim": "Deux mille."}, "reason": "Plus haut"}).json()["id"]
    author.patch(f"{SHEETS}{sheet.pk}/", {"aim": "Trois mille."})
    moved = author.post(f"{here}{again}/decision/", {"is_merged": True})
    assert (moved.status_code, moved.json()["theirs"]) == (409, {"aim": "Trois mille."})
    settled = {"settled": {"aim": "Deux ou trois mille."}, "revision": moved.json()["revision"]}
    assert author.post(f"{here}{again}/decision/", {"is_merged": True} | settled).json()["state"] == "merged"
    assert client_of().get(f"{SHEETS}{sheet.pk}/").json()["aim"] == "Deux ou trois mille."
    assert refusal(proposer.post(here, {"values": "aim", "reason": "x"})) == (422, "invalid")
