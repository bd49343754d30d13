"""Nobody becomes the author of a sheet without having agreed."""

import pytest

from commons.errors import Conflict, Invalid, NotAllowed, NotFound
from practices.actions import (
    accept_invitation,
    decline_invitation,
    invite_author,
    remove_author,
    withdraw_invitation,
)
from practices.models import Authorship, Invitation
from practices.queries import invitations_visible_to, sheets_credited_to, sheets_visible_to, sheets_written_by
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, invitation_of, join_authors, published_sheet

pytestmark = pytest.mark.django_db


def test_an_invited_person_may_do_nothing_and_is_not_named_until_they_accept() -> None:
    drawer, shown, friend = draft_sheet(), published_sheet(), UserFactory.create()
    for sheet in (drawer, shown):
        invitation_of(sheet, friend)
        assert not friend.has_perm("practices.change_sheet", sheet)
    assert not friend.has_perm("practices.view_sheet", drawer)
    assert list(sheets_written_by(friend)) == []
    assert list(sheets_credited_to(friend, sheets_visible_to(friend))) == []
    for invitation in invitations_visible_to(friend):
        accept_invitation(by=friend, invitation=invitation)
    assert set(sheets_written_by(friend)) == {drawer, shown}
    assert list(sheets_credited_to(friend, sheets_visible_to(friend))) == [shown]
    assert list(invitations_visible_to(friend)) == []


def test_who_does_not_want_to_be_named_writes_unnamed() -> None:
    sheet, shy = published_sheet(), UserFactory.create(is_credited=False)
    assert not join_authors(sheet, shy).is_credited
    assert shy.has_perm("practices.change_sheet", sheet)


def test_asking_again_changes_the_role_and_an_author_is_not_asked() -> None:
    sheet, friend = draft_sheet(), UserFactory.create()
    for role in ("writing", "media"):
        invite_author(by=sheet.created_by, sheet=sheet, user=friend, role=role)
    accept_invitation(by=friend, invitation=Invitation.objects.get())
    rows = list(Authorship.objects.order_by("pk").values_list("user", "role"))
    assert rows == [(sheet.created_by.pk, ""), (friend.pk, "media")]
    with pytest.raises(Conflict) as refusal:
        invite_author(by=sheet.created_by, sheet=sheet, user=friend)
    assert refusal.value.code == "is_author"


def test_an_invitation_is_answered_by_whom_it_is_for_and_once() -> None:
    sheet, stranger = draft_sheet(), UserFactory.create()
    invitation = invitation_of(sheet)
    for answer in (accept_invitation, decline_invitation):
        with pytest.raises(NotFound):
            answer(by=stranger, invitation=invitation)
        with pytest.raises(NotFound):
            answer(by=sheet.created_by, invitation=invitation)
    decline_invitation(by=invitation.user, invitation=invitation)
    with pytest.raises(NotFound):
        accept_invitation(by=invitation.user, invitation=invitation)
    assert (Invitation.objects.count(), sheet.authors.count()) == (0, 1)


def test_editors_alone_invite_and_withdraw() -> None:
    sheet, stranger = published_sheet(), UserFactory.create()
    with pytest.raises(NotAllowed):
        invite_author(by=stranger, sheet=sheet, user=stranger)
    invitation = invitation_of(sheet)
    with pytest.raises(NotAllowed):
        withdraw_invitation(by=invitation.user, invitation=invitation)
    for _time in range(2):  # the second finds nothing, and says nothing
        withdraw_invitation(by=sheet.created_by, invitation=invitation)
    assert Invitation.objects.count() == 0


def test_remove_author_stops_writing_and_keeps_the_last_one() -> None:
    sheet, friend = draft_sheet(), UserFactory.create()
    join_authors(sheet, friend)
    remove_author(by=friend, sheet=sheet, user=friend)
    assert not friend.has_perm("practices.change_sheet", sheet)
    with pytest.raises(Invalid) as refusal:
        remove_author(by=sheet.created_by, sheet=sheet, user=sheet.created_by)
    assert refusal.value.code == "last_author"
