"""An operator sees what waits and what failed, sends it now, and lets what was given up be tried again."""

import io

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from commons.notices.models import Delivery, Digest
from forum.actions import add_post
from tests.factories.forum import thread_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def run(word: str) -> list[str]:
    out = io.StringIO()
    call_command("notices", word, stdout=out)
    return out.getvalue().splitlines()


def test_status_send_and_again() -> None:
    asker = UserFactory.create()
    thread = thread_of(asker)
    add_post(by=UserFactory.create(), thread=thread, body="Un")
    assert run("status") == ["facts to tell: 3, oldest 0 s, most attempts 0"]
    assert run("send") == ["3 facts told, 1 deliveries made, 0 digests sent"]
    Digest.objects.create(user=asker, cadence="weekly", state="failed", attempts=14)
    Delivery.objects.filter(channel="mail").update(state="failed", attempts=14, error="451 no")
    assert run("status") == [
        "facts to tell: 0, most attempts 0",
        "app     sent              1",
        "mail    failed            1",
        "digest weekly  failed            1",
        f"delivery {Delivery.objects.get(channel='mail').pk}: 14 attempts, failed: 451 no",
    ]
    assert run("again") == ["2 will be tried again"]
    assert Delivery.objects.get(channel="mail").due_at <= timezone.now()
    assert run("send") == ["0 facts told, 1 deliveries made, 0 digests sent"]
    assert (len(mail.outbox), Digest.objects.get().state) == (1, "cancelled")
