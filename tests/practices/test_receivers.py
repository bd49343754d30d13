"""Authors are told of each decision, in their language, but not of their own."""

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks

from commons.jobs import huey
from practices.actions import add_author, decide_sheet
from practices.jobs import review_due_sheets, tell_author
from tests.factories.people import UserFactory
from tests.factories.sheets import sheet_in

pytestmark = pytest.mark.django_db


def test_each_author_gets_one_mail_with_the_reason(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = sheet_in("submitted", title="Le podcast\tdu bar")
    english, moderator = UserFactory.create(language="en"), UserFactory.create(is_moderator=True)
    add_author(by=sheet.created_by, sheet=sheet, user=english)
    add_author(by=sheet.created_by, sheet=sheet, user=moderator)
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
