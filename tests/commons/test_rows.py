"""A row goes in as `save` would put it, under the same constraints, and meets the one that is there already."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import BigIntegerField, CharField, Func
from django.db.models.signals import post_save
from django.db.transaction import TransactionManagementError
from pytest_django import DjangoAssertNumQueries

from commons.rows import Ready, delete_rows, insert_row, save_fields, together
from forum.models import Draft, Event, Follow, Thread
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


def test_fields_are_saved_alone_and_told_as_by_save(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    thread, told = thread_of(UserFactory.create(), title="Avant"), []

    def hear(**facts: object) -> None:
        told.append((facts["instance"], facts["created"], facts["update_fields"], facts["using"]))

    post_save.connect(hear, sender=Thread)
    try:
        for save in (_swiftly, _as_django):
            thread.title, thread.last_seq, thread.is_pinned = "Après", thread.last_seq + 4, not thread.is_pinned
            with django_assert_num_queries(2):  # the write, and the mark for the search that goes with it
                save(thread)
            kept = Thread.objects.get(pk=thread.pk)
            assert (kept.title, kept.last_seq, kept.is_pinned) == ("Avant", thread.last_seq, thread.is_pinned)
    finally:
        post_save.disconnect(hear, sender=Thread)
    assert told[0] == told[1] == (thread, False, frozenset({"last_seq", "is_pinned"}), "default")


def _swiftly(thread: Thread) -> None:
    save_fields(thread, "last_seq", "is_pinned")


def _as_django(thread: Thread) -> None:
    thread.save(update_fields=["last_seq", "is_pinned"])


def test_rows_that_are_so_are_deleted_and_no_others() -> None:
    thread, other = (thread_of(UserFactory.create()) for _ in range(2))
    writer, reader = UserFactory.create_batch(2)
    for place in (thread, other):
        for person in (writer, reader):
            Draft.objects.create(user=person, thread=place, body="à finir")
    delete_rows(Draft, thread=thread.pk, user=writer.pk)
    kept = set(Draft.objects.values_list("user", "thread"))
    assert kept == {(reader.pk, thread.pk), (writer.pk, other.pk), (reader.pk, other.pk)}


def test_a_ready_query_tells_one_value_of_several_said() -> None:
    thread = thread_of(UserFactory.create())
    rows = Event.objects.order_by().values_list(Func("pk", function="COUNT", output_field=BigIntegerField()))
    count = Ready(lambda pk, seq: rows.filter(thread=pk, seq__lt=seq), CharField(), BigIntegerField())
    assert [count.value(thread.pk, seq) for seq in (1, 2, 99)] == [0, 1, thread.last_seq]
    seqs = Ready(lambda pk: Event.objects.filter(thread=pk).order_by("seq").values_list("seq"), CharField())
    assert (seqs.value(thread.pk), seqs.value("rien")) == (1, None)


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


def test_what_is_written_together_is_written_in_its_order(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    thread, reader = thread_of(UserFactory.create()), UserFactory.create()
    Draft.objects.create(user=reader, thread=thread, body="à finir")
    with django_assert_num_queries(5 if connection.vendor == "sqlite" else 1), together():
        insert_row(Event(thread=thread, seq=8, kind="post.added"))
        insert_row(Event(thread=thread, seq=9, kind="post.removed", removed=[1, 2]))
        thread.last_seq = 9
        save_fields(thread, "last_seq")  # and the mark for the search
        delete_rows(Draft, thread=thread.pk, user=reader.pk)
    last = Event.objects.filter(thread=thread, seq__gt=2).order_by("pk")
    assert list(last.values_list("seq", "kind", "removed")) == [(8, "post.added", []), (9, "post.removed", [1, 2])]
    assert (Thread.objects.get(pk=thread.pk).last_seq, Draft.objects.count()) == (9, 0)


def test_what_one_of_them_refuses_is_raised_and_nothing_of_them_waits_on() -> None:
    thread = thread_of(UserFactory.create())
    with pytest.raises(IntegrityError), transaction.atomic():
        _write_together(thread, 8, 1)
    with pytest.raises(KeyError), transaction.atomic():
        _write_together(thread, 8, 7, then=KeyError)
    insert_row(Event(thread=thread, seq=9, kind="post.added"))
    assert list(Event.objects.filter(thread=thread, seq__gt=2).values_list("seq", flat=True)) == [9]


def _write_together(thread: Thread, *seqs: int, then: type[Exception] | None = None) -> None:
    with together():
        for seq in seqs:
            insert_row(Event(thread=thread, seq=seq, kind="post.added"))
        if then is not None:
            raise then
