"""Who may read a thread: the rule and the query say the same to everybody."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from forum.actions import accept_answer, add_post, follow_thread, mark_read
from forum.models import Thread
from forum.queries import (
    count_listed,
    thread_visible_to,
    threads_by_activity,
    threads_of,
    threads_visible_to,
    unread_threads,
)
from tests.factories.forum import posts_in, thread_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join
from tests.factories.sheets import draft_sheet

pytestmark = pytest.mark.django_db


def test_the_query_and_the_rule_agree_for_every_role() -> None:
    network, other = NetworkFactory.create(), NetworkFactory.create()
    member, curator, outsider = UserFactory.create(), curator_of(network), curator_of(other)
    join(member, network)
    author = UserFactory.create()
    hidden = draft_sheet(author)
    for audience in ("public", "members"):
        thread_of(author, audience=audience)
        thread_of(author, audience=audience, sheet=hidden)
    for audience in ("public", "members", "network"):
        thread_of(member, network=network, audience=audience)
    roles = {
        "visitor": AnonymousUser(), "author": author, "member": member, "curator": curator, "outsider": outsider,
        "moderator": UserFactory.create(is_moderator=True), "administrator": UserFactory.create(is_administrator=True),
        "closed": UserFactory.create(is_active=False),
    }  # fmt: skip
    threads = Thread.objects.select_related("network", "sheet")
    seen = {}
    for role, user in roles.items():
        ruled = {thread.pk for thread in threads if user.has_perm("forum.view_thread", thread)}
        assert set(threads_visible_to(user).values_list("pk", flat=True)) == ruled, role
        assert {thread.pk for thread in threads if thread_visible_to(user, thread.pk)} == ruled, role
        seen[role] = len(ruled)
    assert seen == {
        "visitor": 2, "author": 6, "member": 5, "curator": 5, "outsider": 4, "moderator": 7, "administrator": 7,
        "closed": 2,
    }  # fmt: skip


def test_lists_of_a_person() -> None:
    me, other = UserFactory.create(), UserFactory.create()
    opened, posted, followed, foreign = thread_of(me), thread_of(other), thread_of(other), thread_of(other)
    add_post(by=me, thread=posted, body="Un")
    follow_thread(by=me, thread=followed, level="watching")
    mine = threads_of(me, threads_visible_to(me))
    assert set(mine) == {opened, posted, followed}
    assert threads_of(AnonymousUser(), threads_visible_to(me)).count() == 0
    posts_in(posted, 1, other)
    posts_in(foreign, 1, other)
    assert set(unread_threads(me, threads_visible_to(me))) == {posted, followed}
    posted.refresh_from_db()
    mark_read(by=me, thread=posted, seq=99)
    assert set(unread_threads(me, threads_visible_to(me))) == {followed}


def test_unanswered_questions_and_activity() -> None:
    question, talk = thread_of(kind="question"), thread_of()
    assert list(threads_by_activity(threads_visible_to(AnonymousUser())).unanswered()) == [question]
    posts_in(question, 1)
    assert list(threads_by_activity(threads_visible_to(AnonymousUser()))) == [question, talk]


def test_a_list_is_counted_as_it_is_listed(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    reader, asker = UserFactory.create(), UserFactory.create()
    waiting, answered = (thread_of(asker, kind="question") for _ in range(2))
    accept_answer(by=asker, thread=answered, post=add_post(by=reader, thread=answered, body="Oui."))
    merged, bound = thread_of(asker, kind="question"), thread_of(asker)
    Thread.objects.filter(pk=merged.pk).update(merged_into=waiting)
    Thread.objects.filter(pk=bound.pk).update(is_bound=True, post_count=0)
    muted = thread_of(asker)
    for thread in (waiting, muted, merged):
        follow_thread(by=reader, thread=thread, level="muted" if thread is muted else "tracking")
    for thread in (waiting, muted, answered):
        posts_in(thread, 1, asker)
    readable = threads_visible_to(reader)
    with django_assert_num_queries(1):
        counts = count_listed(reader, readable)
    lists = {"all": readable, "unanswered": readable.unanswered(), "unread": unread_threads(reader, readable)}
    assert counts == {name: threads_by_activity(rows).count() for name, rows in lists.items()}
    assert counts == {"all": 3, "unanswered": 1, "unread": 2}
    visitor = AnonymousUser()
    assert count_listed(visitor, threads_visible_to(visitor)) == {"all": 3, "unanswered": 1}
