"""Reading, choosing, following, muting, stopping: one's own only, and nothing more than was asked."""

import datetime

import pytest
from django.utils import timezone

from commons.errors import Invalid, NotAllowed, NotFound
from commons.notices.actions import choose, read_all, read_notice, read_subject, set_rhythm, stop_by_token, take_stance
from commons.notices.enums import Level
from commons.notices.models import Choice, Delivery, Follow, Notice, Rhythm
from commons.notices.queries import choices_of, followers_of, notices_of, rhythm_of, stance, unread_count
from commons.notices.stopping import stop_token
from commons.people.models import User
from tests.factories.people import NetworkFactory, UserFactory
from tests.factories.sheets import draft_sheet

pytestmark = pytest.mark.django_db


def noticed(user: User, subject: str = "thread:X") -> Notice:
    return Notice.objects.create(user=user, subject=subject, kind="reply", listed_at=timezone.now())


def test_reading_is_ones_own_and_cancels_what_waits() -> None:
    me, other = UserFactory.create(), UserFactory.create()
    mine, theirs = noticed(me), noticed(other)
    Delivery.objects.create(notice=mine, channel="mail")
    with pytest.raises(NotFound):
        read_notice(by=me, notice=theirs)
    assert read_notice(by=me, notice=mine).read_at is not None
    assert (Delivery.objects.get().state, unread_count(me), unread_count(other)) == ("cancelled", 0, 1)
    assert read_all(by=me) == 0


def test_reading_a_subject_or_all_leaves_the_rest() -> None:
    me = UserFactory.create()
    for number in range(3):
        noticed(me, f"thread:{number}")
    assert (read_subject(by=me, subject="thread:1"), unread_count(me)) == (1, 2)
    assert (read_all(by=me), unread_count(me)) == (2, 0)
    assert notices_of(me).count() == 3


def test_a_closed_account_does_nothing() -> None:
    gone = UserFactory.create(is_active=False)
    for act in (
        lambda: read_all(by=gone),
        lambda: choose(by=gone, choices={}),
        lambda: set_rhythm(by=gone, digest="never"),
        lambda: take_stance(by=gone, subject="network:1", level="followed"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_choices_are_kept_and_can_be_changed() -> None:
    me = UserFactory.create()
    before = {row.kind.code: (row.in_app, row.mail) for row in choices_of(me)}
    assert before["reply"] == (True, "mail")
    choose(by=me, choices={"reply": (False, "weekly")})
    choose(by=me, choices={"reply": (True, ""), "trial": (False, "daily")})
    after = {row.kind.code: (row.in_app, row.mail) for row in choices_of(me)}
    assert after == before | {"reply": (True, ""), "trial": (False, "daily")}
    for wrong in ({"nothing": (True, "")}, {"reply": (True, "pigeon")}):
        with pytest.raises(Invalid):
            choose(by=me, choices=wrong)


def test_a_rhythm_has_two_hours_or_none() -> None:
    me = UserFactory.create()
    assert rhythm_of(me).digest == "weekly"
    set_rhythm(by=me, digest="daily", quiet_from=datetime.time(22), quiet_until=datetime.time(7))
    assert rhythm_of(me).quiet_from == datetime.time(22)
    with pytest.raises(Invalid):
        set_rhythm(by=me, digest="hourly")
    with pytest.raises(Invalid):
        set_rhythm(by=me, digest="daily", quiet_from=datetime.time(22))
    set_rhythm(by=me, digest="never")
    assert (Rhythm.objects.count(), rhythm_of(me).quiet_until) == (1, None)


def test_one_follows_what_one_may_see_and_lets_go() -> None:
    me, network = UserFactory.create(), NetworkFactory.create()
    subject = f"network:{network.pk}"
    take_stance(by=me, subject=subject, level="followed")
    assert (list(followers_of([subject])), stance(me, subject)) == ([me], "followed")
    take_stance(by=me, subject=f"{subject}#strand", level="muted")
    assert (list(followers_of([subject])), stance(me, subject)) == ([], Level.MUTED)
    take_stance(by=me, subject=subject, level="")
    assert Follow.objects.count() == 0


def test_one_follows_nothing_hidden_nor_unheard_of() -> None:
    me = UserFactory.create()
    hidden = draft_sheet()
    for subject, level in (("network:0", "followed"), ("person:0", "muted"), (f"sheet:{hidden.pk}", "followed")):
        with pytest.raises(NotFound):
            take_stance(by=me, subject=subject, level=level)
    for subject, level in (("planet:1", "followed"), (f"person:{me.pk}", "adored")):
        with pytest.raises(Invalid):
            take_stance(by=me, subject=subject, level=level)


def test_a_token_stops_the_mails_of_one_kind_and_nothing_else() -> None:
    me = UserFactory.create()
    choose(by=me, choices={"trial": (False, "mail")})
    assert stop_by_token(stop_token(me.pk, "reply")) == (me, "reply")
    assert stop_by_token(stop_token(me.pk, "trial")) == (me, "trial")
    assert stop_by_token(stop_token(me.pk, "trial")) == (me, "trial")
    kept = Choice.objects.order_by("kind").values_list("kind", "in_app", "mail")
    assert list(kept) == [("reply", True, ""), ("trial", False, "")]
    stop_by_token(stop_token(me.pk, "digest"))
    assert rhythm_of(me).digest == "never"


def test_a_token_that_is_not_ours_stops_nothing() -> None:
    me = UserFactory.create()
    good = stop_token(me.pk, "reply")
    for token in ("", "x", f"{me.pk}.reply", good[:-1], stop_token(me.pk, "unheard"), stop_token(0, "reply")):
        with pytest.raises(NotFound):
            stop_by_token(token)
    assert Choice.objects.count() == 0
