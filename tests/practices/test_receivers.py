"""Authors are told of each decision, in their language, but not of their own."""

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks

from commons.jobs import huey
from practices.actions import decide_sheet, decline_invitation
from practices.jobs import review_due_sheets, tell_author, tell_invited
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, invitation_of, join_authors, sheet_in

pytestmark = pytest.mark.django_db


def test_each_author_gets_one_mail_with_the_reason(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = sheet_in("submitted", title="Le podcast\tdu bar")
    english, moderator = UserFactory.create(language="en"), UserFactory.create(is_moderator=True)
    join_authors(sheet, english)
    join_authors(sheet, moderator)
    monkeypatch.setattr(huey, "immediate", True)
    with django_capture_on_commit_callbacks(execute=True):
        decision = decide_sheet(by=moderator, sheet=sheet, state="draft", reason="Dites combien.")
    assert [(m.to, m.subject) for m in mail.outbox] == [
        ([sheet.created_by.email], "[Commons] Le podcast du bar : Brouillon"),
        ([english.email], "[Commons] Le podcast du bar: Draft"),
    ]
    assert "Dites combien." in str(mail.outbox[0].body)
    assert f"/fiches/{sheet.pk}/" in str(mail.outbox[0].body)
    mail.outbox.clear()
    tell_author(decision.pk, 0)
    tell_author(0, english.pk)
    assert mail.outbox == []


def test_the_night_job_leaves_fresh_sheets_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = sheet_in("adopted")
    monkeypatch.setattr(huey, "immediate", True)
    review_due_sheets()
    sheet.refresh_from_db()
    assert sheet.editorial_state == "adopted"


def test_an_invited_person_gets_one_mail_in_their_language(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet, friend = draft_sheet(), UserFactory.create(language="en")
    monkeypatch.setattr(huey, "immediate", True)
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            invitation = invitation_of(sheet, friend)
    assert [(m.to, m.subject) for m in mail.outbox] == [
        ([friend.email], "[Commons] Le podcast du bar: write it together?")
    ]
    assert sheet.created_by.public_name in str(mail.outbox[0].body)
    assert "/en/my-sheets/" in str(mail.outbox[0].body)
    mail.outbox.clear()
    decline_invitation(by=friend, invitation=invitation)
    tell_invited(invitation.pk)
    assert mail.outbox == []
