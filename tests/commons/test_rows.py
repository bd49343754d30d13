"""A row goes in as `save` would put it, under the same constraints, and meets the one that is there already."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import CharField
from django.db.transaction import TransactionManagementError
from pytest_django import DjangoAssertNumQueries

from commons.rows import Ready, insert_row
from forum.models import Event, Follow, Thread
from tests.factories.forum import thread_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_row_is_kept_whole() -> None:
    thread = thread_of(UserFactory.create())
    event = Event(thread=thread, seq=9, kind="post.removed", removed=[1, 2])
    insert_row(event)
    kept = Event.objects.get(pk=event.pk)
    assert [getattr(kept, field.attname) for field in Event._meta.concrete_fields] == [
        getattr(event, field.attname) for field in Event._meta.concrete_fields
    ]
    event.kind = "post.changed"
    event.save()
    assert Event.objects.filter(thread=thread, seq=9).values_list("kind", flat=True).get() == "post.changed"


def test_a_row_that_breaks_a_constraint_is_refused() -> None:
    thread = thread_of(UserFactory.create())
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_row(Event(thread=thread, seq=1, kind="post.added"))


def test_a_row_that_is_there_already_gets_the_fields_named() -> None:
    reader, thread = UserFactory.create(), thread_of(UserFactory.create())
    for level, seq in (("watching", 3), ("normal", 7)):
        follow = Follow(user=reader, thread=thread, level=level, last_read_seq=seq)
        insert_row(follow, unique=("user", "thread"), update=("last_read_seq",))
    assert list(reader.follows.values_list("level", "last_read_seq")) == [("watching", 7)]


def test_a_ready_query_reads_what_django_reads(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    threads = [thread_of(UserFactory.create(), title=f"Discussion {n}") for n in range(2)]
    joined = Thread.objects.select_related("created_by", "network").filter(is_pinned=False).defer("title")
    ready = Ready(lambda pk: joined.filter(pk=pk), CharField())
    for thread in (*threads, *threads):
        with django_assert_num_queries(1):
            found = ready.first(thread.pk)
            assert (found, found and found.created_by, found and found.network) == (thread, thread.created_by, None)
        whole = Thread.objects.get(pk=thread.pk)
        assert found is not None
        assert [getattr(found, field.attname) for field in Thread._meta.concrete_fields] == [
            getattr(whole, field.attname) for field in Thread._meta.concrete_fields
        ]
    assert ready.first("rien' OR ''='") is None
    Thread.objects.filter(pk=threads[0].pk).update(is_pinned=True)
    assert ready.first(threads[0].pk) is None


@pytest.mark.django_db(transaction=True)
def test_a_ready_query_locks_in_a_transaction_only() -> None:
    thread = thread_of(UserFactory.create())
    ready = Ready(lambda pk: Thread.objects.select_for_update(of=("self",)).filter(pk=pk), CharField())
    for _asked in range(2):
        with transaction.atomic():
            assert ready.first(thread.pk) == thread
        with pytest.raises(TransactionManagementError):
            ready.first(thread.pk)
