"""What is due leaves once, to who may still see it and has not read it; what is refused is tried again."""

import datetime
import time
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from commons.notices.actions import choose, read_notice, set_rhythm
from commons.notices.claiming import MOST_ATTEMPTS, claim, finish, renew
from commons.notices.delivering import deliver
from commons.notices.models import Delivery, Notice
from commons.notices.queries import unread_count
from commons.notices.spreading import spread
from commons.people.models import User
from forum.actions import add_post, delete_post
from forum.models import Thread
from tests.factories.forum import thread_of
from tests.factories.people import NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    settings.NOTICE_DELAY_SECONDS = 0.0


class RefusingBackend(EmailBackend):
    """A mail server that says no as often as the test says."""

    refusals = 0

    def send_messages(self, messages: Any) -> int:
        if RefusingBackend.refusals:
            RefusingBackend.refusals -= 1
            raise ConnectionRefusedError("451 try again later")
        return super().send_messages(messages)


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(RefusingBackend, "refusals", 1)
    monkeypatch.setattr("commons.notices.posting.get_connection", RefusingBackend)
    return RefusingBackend


def answered(thread: Thread | None = None, by: User | None = None) -> Notice:
    """Return the notice of the asker, whose thread somebody answered."""
    thread = thread or thread_of()
    add_post(by=by or UserFactory.create(public_name="Lise R."), thread=thread, body="Seul, **à l’épaule**.")
    spread()
    return Notice.objects.get(user=thread.created_by)


def states() -> list[tuple[str, str]]:
    return sorted(Delivery.objects.values_list("channel", "state"))


def test_a_notice_reaches_the_site_and_the_mailbox_once() -> None:
    notice = answered()
    assert unread_count(notice.user) == 0  # not shown before the worker looked again
    assert deliver() == 2
    assert unread_count(notice.user) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([notice.user.email], "[Commons] Lise R. a répondu dans « Filmer sans équipe »")
    assert "Seul, **à l’épaule**." in str(sent.body)
    assert states() == [("app", "sent"), ("mail", "sent")]
    assert (deliver(), len(mail.outbox)) == (0, 1)


def test_who_lost_access_gets_nothing() -> None:
    network = NetworkFactory.create()
    asker, writer = UserFactory.create(), UserFactory.create()
    membership = join(asker, network)
    join(writer, network)
    notice = answered(thread_of(asker, network=network), writer)
    membership.delete()
    assert deliver() == 0
    assert (mail.outbox, unread_count(notice.user)) == ([], 0)
    assert states() == [("app", "cancelled"), ("mail", "cancelled")]


@pytest.mark.parametrize("why", ["read", "left", "stopped", "deleted"])
def test_what_is_no_use_any_more_is_not_sent(why: str) -> None:
    notice = answered()
    if why == "read":
        read_notice(by=notice.user, notice=notice)
    elif why == "left":
        User.objects.filter(pk=notice.user_id).update(is_active=False)
    elif why == "stopped":
        choose(by=notice.user, choices={"reply": (True, "")})
    else:
        post = Thread.objects.get().posts.get(seq=2)
        delete_post(by=post.author, post=post)
    deliver()
    assert mail.outbox == []
    assert ("mail", "cancelled") in states()


def test_a_refused_mail_is_tried_again_later_and_no_other_waits(refusing: Any) -> None:
    first, second = answered(), answered()
    deliver()
    assert [message.to for message in mail.outbox] == [[second.user.email]]
    row = Delivery.objects.get(notice=first, channel="mail")
    assert (row.state, row.attempts, row.error) == ("waiting", 1, "451 try again later")
    assert 25 < (row.due_at - timezone.now()).total_seconds() < 35
    Delivery.objects.update(due_at=timezone.now())
    deliver()
    assert [message.to for message in mail.outbox] == [[second.user.email], [first.user.email]]
    assert refusing.refusals == 0


def test_a_mail_refused_for_a_day_is_given_up(refusing: Any) -> None:
    refusing.refusals = MOST_ATTEMPTS
    answered()
    for _attempt in range(MOST_ATTEMPTS):
        Delivery.objects.update(due_at=timezone.now())
        deliver()
    assert states() == [("app", "sent"), ("mail", "failed")]
    assert (mail.outbox, refusing.refusals) == ([], 0)


def test_two_workers_never_hold_the_same_row() -> None:
    answered()
    rows = Delivery.objects.filter(channel="mail")
    (mine,) = claim(rows, 10)
    assert claim(rows, 10) == []
    assert renew(mine)
    Delivery.objects.update(claimed_until=timezone.now() - datetime.timedelta(seconds=1))  # its worker was killed
    (theirs,) = claim(rows, 10)
    assert (renew(mine), finish(mine, "sent")) == (False, False)
    assert finish(theirs, "sent")


def test_the_same_delivery_has_the_same_message_id_each_time() -> None:
    notice = answered()
    deliver()
    Delivery.objects.filter(channel="mail").update(state="waiting", claimed_until=None)  # killed before it was marked
    deliver()
    first, again = mail.outbox
    row = notice.deliveries.get(channel="mail")
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"] == f"<notice-{row.pk}@127.0.0.1>"


def test_quiet_hours_hold_mails_back_until_they_end() -> None:
    with time_machine.travel(datetime.datetime(2026, 9, 1, 20, 30, tzinfo=datetime.UTC), tick=False) as clock:
        notice = answered()
        set_rhythm(by=notice.user, digest="never", quiet_from=datetime.time(21), quiet_until=datetime.time(7, 30))
        assert deliver() == 1  # the site shows it
        row = Delivery.objects.get(channel="mail")
        assert (mail.outbox, row.attempts) == ([], 0)
        assert timezone.localtime(row.due_at).isoformat() == "2026-09-02T07:30:00+02:00"
        clock.move_to(row.due_at)
        deliver()
        assert len(mail.outbox) == 1


def test_a_reply_that_comes_while_a_mail_is_written_gets_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = answered()
    thread = Thread.objects.get()

    class SlowBackend(EmailBackend):
        def send_messages(self, messages: Any) -> int:
            if not mail.outbox:
                time.sleep(0.002)
                add_post(by=UserFactory.create(), thread=thread, body="Encore ceci.")
                spread()
            return super().send_messages(messages)

    monkeypatch.setattr("commons.notices.posting.get_connection", SlowBackend)
    deliver()
    own = [str(message.body) for message in mail.outbox if message.to == [notice.user.email]]
    assert [("Seul" in body, "Encore ceci." in body) for body in own] == [(True, False), (False, True)]
    assert notice.deliveries.filter(channel="mail", state="sent").count() == 2


def test_words_that_fail_keep_no_other_waiting() -> None:
    broken, fine = answered(), answered()
    Notice.objects.filter(pk=broken.pk).update(detail="not a number")
    deliver()
    assert [message.to for message in mail.outbox] == [[fine.user.email]]
    assert list(broken.deliveries.values_list("state", "attempts")) == [("waiting", 1)] * 2


def test_a_mail_at_once_leaves_nothing_to_the_digest() -> None:
    notice = answered()
    Delivery.objects.create(notice=notice, channel="daily")
    deliver()
    assert states() == [("app", "sent"), ("daily", "cancelled"), ("mail", "sent")]
