"""A mail of ours: two parts, in the person's language, threaded; programs that read it can answer and stop it."""

from typing import Any

import pytest
from django.core import mail

from commons.notices.delivering import deliver
from commons.notices.models import Delivery
from commons.notices.replies import reply_address
from commons.notices.spreading import spread
from commons.notices.stopping import stop_token
from forum.actions import add_post
from tests.factories.forum import thread_of
from tests.factories.people import UserFactory
from tests.mail_check import faults_of_mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    settings.NOTICE_DELAY_SECONDS = 0.0
    settings.MAIL_REPLY_DOMAIN = "reponses.example"


def mailed(language: str = "fr") -> Any:
    asker = UserFactory.create(language=language)
    thread = thread_of(asker, title="Filmer « seul » <b>")
    writer = UserFactory.create(public_name="Lise R.")
    add_post(by=writer, thread=thread, body="À l’épaule.\n\nEt <script>au pied</script>.")
    spread()
    deliver()
    (message,) = mail.outbox
    return message


def test_the_headers_thread_it_name_its_list_and_stop_it_in_one_click() -> None:
    message = mailed()
    delivery = Delivery.objects.get(channel="mail")
    thread = f"<thread.{delivery.notice.object_id}@127.0.0.1>"
    stop = f"<http://127.0.0.1:8000/notifications/arret/{stop_token(delivery.notice.user_id, 'reply')}/>"
    assert message.extra_headers == {
        "Message-ID": f"<notice-{delivery.pk}@127.0.0.1>",
        "List-Id": "Des messages dans une discussion que je suis <reply.127.0.0.1>",
        "List-Unsubscribe": stop,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "In-Reply-To": thread,
        "References": thread,
    }
    assert message.reply_to == [reply_address(delivery)]
    assert message.message()["References"] == thread


def test_it_is_written_in_the_persons_language_in_two_parts() -> None:
    message = mailed("en")
    ((html, kind),) = [(part.content, part.mimetype) for part in message.alternatives]
    assert (message.subject, kind) == ("[Commons] Lise R. replied in “Filmer « seul » <b>”", "text/html")
    assert "/en/discussions/" in message.body
    assert "To answer, simply reply to this message." in message.body
    assert "À l’épaule." in message.body
    assert '<html lang="en">' in html
    assert "<script>" not in html


@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_html_has_no_fault(language: str) -> None:
    message = mailed(language)
    assert faults_of_mail(message.alternatives[0].content) == []


def test_without_a_domain_for_answers_nobody_is_told_to_answer(settings: Any) -> None:
    settings.MAIL_REPLY_DOMAIN = ""
    message = mailed()
    assert message.reply_to == []
    assert "répondez simplement" not in message.body
