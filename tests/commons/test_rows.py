"""A row goes in as `save` would put it, under the same constraints, and meets the one that is there already."""

import pytest
from django.db import IntegrityError, transaction

from commons.rows import insert_row
from forum.models import Event, Follow
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
