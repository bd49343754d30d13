"""What follows a sanction: the person is told (leaving rooms: tests/forum/test_live.py)."""

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.factories.moderation import silence, suspend
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_the_mail_says_what_until_when_and_why_in_the_persons_language(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    person = UserFactory.create(language="en")
    with django_capture_on_commit_callbacks(execute=True):
        silence(person)
        suspend(person)
        suspend(person, 2)
    assert [(sent.subject, sent.body.splitlines()[0]) for sent in mail.outbox] == [
        ("[Commons] Silence", f"Hello {person.public_name},"),
        ("[Commons] Suspension", f"Hello {person.public_name},"),
        ("[Commons] Suspension", f"Hello {person.public_name},"),
    ]
    assert ["no end date" in sent.body for sent in mail.outbox] == [False, True, False]
    assert ["Menaces." in sent.body for sent in mail.outbox] == [False, True, True]
