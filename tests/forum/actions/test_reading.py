"""What a person keeps of a thread: a pointer that never goes back, a level, a bookmark, drafts."""

import pytest

from commons.errors import Invalid, NotFound
from forum.actions import follow_thread, mark_read, save_draft, save_thread
from forum.models import Draft
from tests.factories.forum import posts_in, thread_of
from tests.factories.people import NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db


def test_the_pointer_only_goes_forward_and_never_past_the_end() -> None:
    reader, thread = UserFactory.create(), thread_of()
    posts_in(thread, 3)
    thread.refresh_from_db()
    reached = [mark_read(by=reader, thread=thread, seq=seq).last_read_seq for seq in (2, 1, 99)]
    assert (reached, reader.follows.count()) == ([2, 2, 4], 1)


def test_following_saving_and_reading_are_apart() -> None:
    reader, thread = UserFactory.create(), thread_of()
    follow_thread(by=reader, thread=thread, level="muted")
    save_thread(by=reader, thread=thread, is_saved=True)
    follow = reader.follows.get()
    assert (follow.level, follow.saved_at is not None, follow.last_read_seq) == ("muted", True, 0)
    assert save_thread(by=reader, thread=thread, is_saved=False).saved_at is None
    with pytest.raises(Invalid):
        follow_thread(by=reader, thread=thread, level="fort")


def test_nobody_follows_what_they_cannot_read() -> None:
    network, member, stranger = NetworkFactory.create(), UserFactory.create(), UserFactory.create()
    join(member, network)
    thread = thread_of(member, network=network)
    for keep in (
        lambda: follow_thread(by=stranger, thread=thread, level="watching"),
        lambda: save_thread(by=stranger, thread=thread, is_saved=True),
        lambda: mark_read(by=stranger, thread=thread, seq=1),
        lambda: save_draft(by=stranger, thread=thread, body="x"),
    ):
        with pytest.raises(NotFound):
            keep()


def test_a_draft_is_kept_until_it_is_posted_or_emptied() -> None:
    writer, thread = UserFactory.create(), thread_of()
    save_draft(by=writer, thread=thread, body="Je disais")
    save_draft(by=writer, thread=thread, body="Je disais donc")
    save_draft(by=writer, thread=None, body="", title="Une question")
    assert sorted(Draft.objects.values_list("title", "body")) == [("", "Je disais donc"), ("Une question", "")]
    posts_in(thread, 1, writer)
    thread_of(writer)
    assert Draft.objects.count() == 0
    save_draft(by=writer, thread=thread, body="Encore")
    assert save_draft(by=writer, thread=thread, body=" ") is None
    assert Draft.objects.count() == 0
