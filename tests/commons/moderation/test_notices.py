"""What moderation decided is told to whom it concerns, on the site and by mail, whatever they chose to receive."""

import datetime
from email.message import Message
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from commons.errors import Invalid, NotFound
from commons.moderation.actions import close_report, lift_sanction
from commons.notices.actions import choose, stop_by_token, take_stance
from commons.notices.delivering import deliver
from commons.notices.models import Choice, Follow
from commons.notices.queries import lines_of
from commons.notices.spreading import spread
from commons.notices.stopping import stop_token
from commons.people.models import User
from forum.actions import add_post
from tests.factories.forum import thread_of
from tests.factories.moderation import report_on, silence, suspend
from tests.factories.people import NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db
MINE = "/signalements-et-mesures/"


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    settings.NOTICE_DELAY_SECONDS = 0.0


def told(person: User) -> list[tuple[str, str]]:
    """Return what the site tells a person, once the worker has worked."""
    spread()
    deliver()
    return [(line.sentence, line.url) for line in lines_of(person, person.notices.order_by("pk"))]


def mails(person: User) -> list[Any]:
    return [message for message in mail.outbox if message.to == [person.email]]


def test_a_sanction_is_told_with_its_reason_and_end_in_the_persons_language() -> None:
    person = UserFactory.create(language="en")
    with time_machine.travel(datetime.datetime(2026, 9, 7, 12, tzinfo=datetime.UTC), tick=False):
        silence(person)
        sanction = suspend(person)
        told(person)
        lift_sanction(by=UserFactory.create(is_moderator=True), sanction=sanction, reason="Malentendu.")
        told(person)
    assert [message.subject for message in mails(person)] == [
        "[Commons] The moderators’ decision about you: Silence until 10 September 2026, 14:00",
        "[Commons] The moderators’ decision about you: Suspension with no end date",
        "[Commons] A measure about you is lifted: Suspension with no end date",
    ]
    assert ["Menaces." in message.body for message in mails(person)] == [False, True, False]
    assert ["Du calme." in message.body for message in mails(person)] == [True, False, False]


def test_what_is_owed_can_be_neither_stopped_nor_muted_nor_chosen_away() -> None:
    person = UserFactory.create()
    Choice.objects.create(user=person, kind="sanction", in_app=False, mail="")  # as from before it was owed
    sanction = silence(person)
    Follow.objects.create(user=person, subject=f"sanction:{sanction.pk}", level="muted")
    with pytest.raises(Invalid):
        choose(by=person, choices={"sanction": (False, "")})
    with pytest.raises(NotFound):
        stop_by_token(stop_token(person.pk, "sanction"))
    ((sentence, url),) = told(person)
    assert (sentence.partition(" jusqu’au")[0], url) == ("Décision de la modération à votre égard : Silence", MINE)
    (message,) = mails(person)
    headers: Message = message.message()
    assert (headers["List-Unsubscribe"], headers["List-Unsubscribe-Post"]) == (None, None)
    assert "cet e-mail ne se désactive pas" in message.body
    assert "/arret/" not in message.body + message.alternatives[0].content


def test_who_reported_reads_what_was_decided_and_nobody_else_does() -> None:
    author, reporter, moderator = UserFactory.create(), UserFactory.create(), UserFactory.create(is_moderator=True)
    thread = thread_of()
    post = add_post(by=author, thread=thread, body="Vous êtes nuls.")
    for person in (thread.created_by, reporter, author):
        take_stance(by=person, subject=f"thread:{thread.pk}", level="muted")
    report = report_on(post, reporter)
    close_report(by=moderator, report=report, state="resolved", outcome="Le message est modifié.")
    assert told(reporter) == [(f"Votre signalement a été examiné : {thread.title} · 2", MINE)]
    assert [told(person) for person in (author, moderator)] == [[], []]
    (message,) = mails(reporter)
    assert "Traité\nLe message est modifié." in message.body


def test_a_report_is_told_to_who_may_handle_it_while_it_waits() -> None:
    network, reporter = NetworkFactory.create(), UserFactory.create()
    curator, member, author = (UserFactory.create() for _ in range(3))
    for person, role in ((curator, "curator"), (member, "member"), (author, "curator")):
        join(person, network, role)
    moderators = [UserFactory.create(is_moderator=True, language=language) for language in ("fr", "en")]
    administrator = UserFactory.create(is_administrator=True)
    thread = thread_of(member, network=network, title="Billetterie")
    report = report_on(add_post(by=author, thread=thread, body="Vous êtes nuls."), member, text="Une insulte.")
    url = f"/moderation/signalements/{report.pk}/"
    assert (
        told(curator)
        == told(administrator)
        == told(moderators[0])
        == [("Un signalement attend : Billetterie · 2", url)]
    )
    assert [url for person in (member, author, reporter) for _words, url in told(person) if "moderation" in url] == []
    assert "Une insulte." in mails(curator)[0].body
    assert mails(moderators[1])[0].subject == "[Commons] A report is waiting: Billetterie · 2"


def test_a_report_that_was_closed_meanwhile_is_mailed_to_nobody(settings: Any) -> None:
    settings.NOTICE_DELAY_SECONDS = 3600.0
    moderators = UserFactory.create_batch(2, is_moderator=True)
    report = report_on(add_post(by=UserFactory.create(), thread=thread_of(), body="Vous êtes nuls."))
    spread()
    close_report(by=moderators[0], report=report, state="rejected", outcome="Rien à redire.")
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2)):
        deliver()
    assert (mails(moderators[1]), told(moderators[1])) == ([], [])
