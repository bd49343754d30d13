"""Writing together: asked without telling who has an account, accepted or declined where one's own sheets are."""

import pytest

from practices.models import Invitation
from tests.factories.pages import signed_in
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, invitation_of, join_authors

pytestmark = pytest.mark.django_db


def test_people_are_invited_without_telling_who_has_an_account() -> None:
    sheet, friend = draft_sheet(), UserFactory.create()
    client, here = signed_in(sheet.created_by), f"/ecrire/{sheet.pk}/auteurs/"
    said = []
    for email in (friend.email.upper(), "personne@nulle-part.example"):
        page = client.post(here, {"add": "1", "email": email}, follow=True)
        said.append([str(m) for m in page.context["messages"]])
    assert said[0] == said[1]
    assert [a.user for a in page.context["authorships"]] == [sheet.created_by]
    assert [i.user for i in page.context["invitations"]] == [friend]
    client.post(here, {"withdraw": page.context["invitations"][0].pk})
    assert (Invitation.objects.count(), sheet.authors.count()) == (0, 1)
    assert client.post(here, {"add": "1", "email": "?"}).context["form"].errors["email"]
    own = client.post(here, {"add": "1", "email": sheet.created_by.email})
    assert (own.status_code, own.context["form"].errors["email"]) == (409, ["Cette personne écrit déjà cette fiche."])


def test_an_author_is_taken_off_and_the_last_one_stays() -> None:
    sheet, friend = draft_sheet(), UserFactory.create()
    client, here = signed_in(sheet.created_by), f"/ecrire/{sheet.pk}/auteurs/"
    assert client.post(here, {"remove": join_authors(sheet, friend).pk}).url == here
    alone = client.post(here, {"remove": sheet.authorships.get().pk})
    assert (alone.status_code, sheet.authors.count()) == (422, 1)
    join_authors(sheet, friend)
    assert client.post(here, {"remove": sheet.authorships.get(user=sheet.created_by).pk}).url == "/mes-fiches/"


def test_the_invited_answers_beside_their_own_sheets() -> None:
    sheet, friend = draft_sheet(title="Le podcast caché"), UserFactory.create()
    client = signed_in(friend)
    asked = invitation_of(sheet, friend)
    assert "Le podcast caché" in client.get("/mes-fiches/").content.decode()
    assert client.get(f"/ecrire/{sheet.pk}/").status_code == 404
    assert signed_in(UserFactory.create()).post(f"/invitations/{asked.pk}/", {"accept": "1"}).status_code == 404
    assert client.post(f"/invitations/{asked.pk}/").url == "/mes-fiches/"
    assert (Invitation.objects.count(), sheet.authors.count()) == (0, 1)
    again = invitation_of(sheet, friend)
    assert client.post(f"/invitations/{again.pk}/", {"accept": "1"}).url == f"/ecrire/{sheet.pk}/"
    assert client.get(f"/ecrire/{sheet.pk}/").status_code == 200
    assert "On vous invite" not in client.get("/mes-fiches/").content.decode()
