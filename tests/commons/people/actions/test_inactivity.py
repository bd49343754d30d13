"""An account that nobody uses is warned after 23 months and anonymised after 24, never in silence."""

import datetime

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from dateutil.relativedelta import relativedelta
from django.core import mail
from django.utils import timezone

from commons.people import jobs
from commons.people.actions import create_token, erase_inactive, warn_inactive
from commons.people.models import ApiToken, Erasure, User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2028, 6, 15, 12, tzinfo=datetime.UTC)


def last_seen(months: int, **facts: object) -> User:
    day = NOW - relativedelta(months=months, days=1)
    return UserFactory.create(date_joined=day - relativedelta(years=1), last_login=day, **facts)


def test_silence_is_warned_of_once_then_ends_the_account() -> None:
    silent, new = last_seen(23), last_seen(22)
    assert (warn_inactive(now=NOW), warn_inactive(now=NOW)) == (1, 0)
    assert [message.to for message in mail.outbox] == [[silent.email]]
    assert erase_inactive(now=NOW + datetime.timedelta(days=27)) == 0
    later = NOW + relativedelta(months=1)
    assert erase_inactive(now=later) == 1
    assert list(User.objects.all()) == [new]
    assert [(e.cause, e.mode) for e in Erasure.objects.all()] == [("inactive", "anonymise")]


def test_who_was_never_warned_is_not_erased() -> None:
    last_seen(30)
    assert erase_inactive(now=NOW) == 0
    warn_inactive(now=NOW)
    assert erase_inactive(now=NOW + datetime.timedelta(days=27)) == 0
    assert erase_inactive(now=NOW + datetime.timedelta(days=28)) == 1


def test_coming_back_forgets_the_warning() -> None:
    person = last_seen(23)
    warn_inactive(now=NOW)
    User.objects.filter(pk=person.pk).update(last_login=NOW)
    assert erase_inactive(now=NOW + datetime.timedelta(days=40)) == 0
    person.refresh_from_db()
    assert person.warned_at is None


def test_a_session_a_key_or_a_first_visit_is_use() -> None:
    by_session, by_key = last_seen(30), last_seen(30)
    UserFactory.create(date_joined=NOW, last_login=None)
    UserSession.objects.create(user=by_session, session_key="x", ip="192.0.2.1", user_agent="", last_seen_at=NOW)
    create_token(by=by_key, name="script", scope="read")
    ApiToken.objects.update(last_used_at=NOW)
    assert warn_inactive(now=NOW) == 0


def test_administrators_and_closed_accounts_are_left_alone() -> None:
    last_seen(30, is_active=False)
    administrator = last_seen(30, is_administrator=True)
    assert warn_inactive(now=NOW) == 1
    assert erase_inactive(now=NOW + relativedelta(months=2)) == 0
    assert User.objects.filter(pk=administrator.pk).exists()


def test_the_night_keeps_every_promise() -> None:
    person = last_seen(24)
    with time_machine.travel(NOW):
        jobs.keep_the_promises.call_local()
    with time_machine.travel(NOW + datetime.timedelta(days=29)):
        jobs.keep_the_promises.call_local()
    assert (User.objects.filter(pk=person.pk).count(), timezone.now() < NOW) == (0, True)
