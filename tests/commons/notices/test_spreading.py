"""A fact becomes one notice per person and subject, told by the channels that each person chose, to nobody else."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commons.notices.actions import choose, read_all, take_stance
from commons.notices.kinds import News, add_reader, kinds, name_of
from commons.notices.models import Delivery, Fact, Notice
from commons.notices.spreading import recipients_of, spread, spread_news
from commons.people.models import User
from forum.actions import accept_answer, add_post, follow_thread
from tests.factories.forum import thread_of
from tests.factories.people import NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db


def told() -> list[tuple[int, str, str, int]]:
    rows = Notice.objects.order_by("user", "subject").values_list("user", "subject", "kind", "count")
    return [(user, subject, kind, count) for user, subject, kind, count in rows]


def waiting() -> list[tuple[int, str]]:
    return sorted(Delivery.objects.filter(state="waiting").values_list("notice__user", "channel"))


def test_a_reply_is_told_to_who_follows_and_not_to_who_wrote() -> None:
    thread = thread_of()
    writer, muting = UserFactory.create(), UserFactory.create()
    follow_thread(by=muting, thread=thread, level="muted")
    add_post(by=writer, thread=thread, body="Moi, à l’épaule.")
    assert spread() == 3  # the thread, its first post, the reply
    asker = thread.created_by_id
    assert told() == [(asker, f"thread:{thread.pk}", "reply", 1)]
    assert waiting() == [(asker, "app"), (asker, "mail")]
    assert spread() == 0


def test_facts_before_one_reads_are_one_notice_and_one_mail() -> None:
    thread = thread_of()
    writer = UserFactory.create()
    for body in ("Un", "Deux", "Trois"):
        add_post(by=writer, thread=thread, body=body)
        spread()
    notice = Notice.objects.get()
    assert (notice.count, notice.detail, notice.by_id) == (3, "2", writer.pk)
    assert Delivery.objects.filter(state="waiting").count() == 2
    read_all(by=notice.user)
    add_post(by=writer, thread=thread, body="Quatre")
    spread()
    notice.refresh_from_db()
    assert (notice.count, notice.detail, notice.read_at, notice.listed_at) == (1, "5", None, None)


def test_the_heaviest_kind_names_the_notice() -> None:
    thread = thread_of(kind="question")
    helper = UserFactory.create()
    post = add_post(by=helper, thread=thread, body="Avec un pied.")
    accept_answer(by=thread.created_by, thread=thread, post=post)
    add_post(by=thread.created_by, thread=thread, body="Merci !")
    spread()
    notice = Notice.objects.get(user=helper)
    assert (notice.kind, notice.detail, notice.count) == ("answer", str(post.seq), 2)


def test_choices_say_which_channels() -> None:
    thread = thread_of()
    asker = thread.created_by
    writer = UserFactory.create()
    choose(by=asker, choices={"reply": (False, "daily")})
    add_post(by=writer, thread=thread, body="Un")
    spread()
    assert waiting() == [(asker.pk, "daily")]
    Notice.objects.all().delete()
    choose(by=asker, choices={"reply": (False, "")})
    add_post(by=writer, thread=thread, body="Deux")
    spread()
    assert (told(), waiting()) == ([], [])


@pytest.mark.parametrize("muted", ["thread", "person", "network"])
def test_what_is_muted_is_not_told(muted: str) -> None:
    network, asker, writer = NetworkFactory.create(), UserFactory.create(), UserFactory.create()
    for person in (asker, writer):
        join(person, network)
    thread = thread_of(asker, network=network)
    spread()
    key = {"thread": thread.pk, "person": writer.pk, "network": network.pk}[muted]
    add_post(by=writer, thread=thread, body="Un")
    spread()
    assert len(told()) == 1
    take_stance(by=asker, subject=f"{muted}:{key}", level="muted")
    add_post(by=writer, thread=thread, body="Deux")
    spread()
    assert Notice.objects.get().count == 1


def test_a_closed_account_is_told_nothing() -> None:
    thread = thread_of()
    User.objects.filter(follows__thread=thread).update(is_active=False)
    add_post(by=UserFactory.create(), thread=thread, body="Un")
    spread()
    assert told() == []


def test_a_fact_that_is_undone_is_not_told() -> None:
    thread = thread_of()
    spread()
    with transaction.atomic():
        add_post(by=UserFactory.create(), thread=thread, body="Un")
        transaction.set_rollback(True)
    assert Fact.objects.count() == 0


def test_a_fact_that_fails_waits_longer_each_time_and_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    bad = Fact.objects.create(name="forum.signals.PostAdded", values={"unknown": 1})
    gone = Fact.objects.create(name="nobody.tells.ThisAnyMore")
    assert spread() == 1
    bad.refresh_from_db()
    assert (bad.attempts, "unknown" in bad.error, bad.retry_at > timezone.now()) == (1, True, True)
    assert not Fact.objects.filter(pk=gone.pk).exists()
    bad.retry_at = timezone.now() - datetime.timedelta(seconds=1)
    bad.save()
    assert spread() == 0
    bad.refresh_from_db()
    assert bad.attempts == 2
    assert caplog.records


@dataclass(frozen=True)
class Unlucky:
    """A fact whose reader finds the database gone."""


def _away(_fact: Unlucky) -> Iterable[News]:
    raise OperationalError("the server closed the connection")


def test_what_is_no_fault_of_a_fact_ends_the_work_and_leaves_it_as_it_was() -> None:
    add_reader(Unlucky, _away)
    fact = Fact.objects.create(name=name_of(Unlucky))
    with pytest.raises(OperationalError):
        spread()
    fact.refresh_from_db()
    assert (fact.attempts, fact.error) == (0, "")


@pytest.mark.parametrize("number", [1, 300])
def test_many_followers_cost_as_many_queries_as_one(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    writer = UserFactory.create()
    people = User.objects.bulk_create(User(email=f"{n}@x.example", public_name=f"P{n}") for n in range(number))
    everybody = User.objects.filter(pk__in=User.objects.exclude(pk=writer.pk).values("pk"))
    with django_assert_num_queries(3):
        spread_news(News("reply", "thread:X", everybody, writer.pk, "2"))
    assert Notice.objects.count() == number == len(people)
    with django_assert_num_queries(3):
        spread_news(News("reply", "thread:X", everybody, writer.pk, "3"))
    counts: Any = Notice.objects.values_list("count", "detail").distinct()
    assert list(counts) == [(2, "2")]
    assert Delivery.objects.count() == 2 * number


def test_recipients_are_read_once_however_often_they_stand_in_the_query() -> None:
    thread = thread_of()
    people = User.objects.filter(follows__thread=thread) | User.objects.filter(posts__thread=thread)
    news = News("reply", f"thread:{thread.pk}", people, None, "1")
    assert len(recipients_of(news, kinds()["reply"])) == 1
