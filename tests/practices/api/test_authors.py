"""Writing together through the API: asked, accepted or declined, taken off."""

import pytest

from practices.models import Invitation
from tests.factories.api import client_of, refusal
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet

pytestmark = pytest.mark.django_db


def test_an_invitation_is_sent_seen_and_accepted() -> None:
    sheet, friend = draft_sheet(), UserFactory.create()
    author, invited = client_of(sheet.created_by), client_of(friend)
    here = f"/api/v1/sheets/{sheet.pk}/authors/"
    assert refusal(author.post(here, {})) == (422, "invalid")
    for email in (friend.email.upper(), "personne@nulle-part.example"):
        assert author.post(here, {"email": email, "role": "media"}).status_code == 202
    asked = Invitation.objects.get()
    writer = {"id": sheet.created_by.pk, "name": sheet.created_by.public_name}
    assert author.get(here).json()["results"] == [
        writer | {"role": "", "invitation": None},
        {"id": friend.pk, "name": friend.public_name, "role": "media", "invitation": asked.pk},
    ]
    assert refusal(invited.get(here)) == (404, "not_found")
    row = invited.get("/api/v1/invitations/").json()["results"][0]
    assert (row["id"], row["title"], row["by"]) == (asked.pk, "Le podcast du bar", writer)
    stranger = client_of(UserFactory.create())
    assert stranger.get("/api/v1/invitations/").json()["results"] == []
    assert refusal(stranger.post(f"/api/v1/invitations/{asked.pk}/acceptance/")) == (404, "not_found")
    assert invited.post(f"/api/v1/invitations/{asked.pk}/acceptance/").json()["id"] == sheet.pk
    assert refusal(author.post(here, {"email": friend.email})) == (409, "is_author")
    assert author.delete(f"{here}{friend.pk}/").status_code == 204
    assert refusal(author.delete(f"{here}{friend.pk}/")) == (404, "not_found")
    assert refusal(client_of().get("/api/v1/invitations/"))[0] == 401


def test_an_invitation_is_declined_or_withdrawn() -> None:
    sheet, friend = draft_sheet(), UserFactory.create()
    author, invited = client_of(sheet.created_by), client_of(friend)
    here = f"/api/v1/sheets/{sheet.pk}/authors/"
    author.post(here, {"email": friend.email})
    assert invited.delete(f"/api/v1/invitations/{Invitation.objects.get().pk}/").status_code == 204
    author.post(here, {"email": friend.email})
    assert author.delete(f"{here}{friend.pk}/").status_code == 204
    assert (Invitation.objects.count(), sheet.authors.count()) == (0, 1)
