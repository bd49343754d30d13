"""What a person keeps of a thread: a pointer that never goes back, a level, a bookmark, drafts."""

from importlib import import_module

import pytest
from django.apps import apps

from commons.errors import Invalid, NotFound
from commons.notices.actions import take_stance
from commons.notices.models import Follow as NoticeFollow
from commons.notices.queries import stance, stances_of
from commons.people.models import User
from forum.actions import add_post, follow_thread, mark_read, save_draft, save_thread
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


def test_a_thread_is_muted_in_one_place_whether_from_its_page_or_from_a_notice() -> None:
    reader, writer, thread = UserFactory.create(), UserFactory.create(), thread_of()
    subject = f"thread:{thread.pk}"
    add_post(by=writer, thread=thread, body="Oui.")
    for person in (reader, writer):
        take_stance(by=person, subject=f"{subject}#brin", level="muted")
        assert (stance(person, subject), stances_of(person, "muted")) == ("muted", [subject])
        assert person.follows.get().level == "muted"
        take_stance(by=person, subject=subject, level="")
    assert [person.follows.get().level for person in (reader, writer)] == ["normal", "tracking"]
    follow_thread(by=reader, thread=thread, level="muted")
    assert stances_of(reader, "muted") == [subject]
    take_stance(by=reader, subject=subject, level="followed")
    assert (reader.follows.get().level, stance(reader, subject)) == ("watching", "followed")
    take_stance(by=reader, subject=subject, level="")
    assert (reader.follows.get().level, stances_of(reader, "followed")) == ("normal", [])
    assert NoticeFollow.objects.count() == 0


def test_a_muted_thread_that_closed_can_still_be_let_go_and_a_hidden_one_not_be_muted() -> None:
    network, member, author = NetworkFactory.create(), UserFactory.create(), UserFactory.create()
    membership, _other = join(member, network), join(author, network)
    thread = thread_of(author, network=network)
    subject = f"thread:{thread.pk}"
    take_stance(by=member, subject=subject, level="muted")
    membership.delete()
    member = User.objects.get(pk=member.pk)
    take_stance(by=member, subject=subject, level="")
    with pytest.raises(NotFound):
        take_stance(by=member, subject=subject, level="muted")
    assert member.follows.get().level == "normal"


def test_what_notices_kept_of_threads_moves_to_the_threads_own_level() -> None:
    threads = [thread_of() for _number in range(2)]
    reader, network = UserFactory.create(), NetworkFactory.create()
    follow_thread(by=reader, thread=threads[0], level="tracking")
    for subject, level in (
        (f"thread:{threads[0].pk}", "muted"),
        (f"thread:{threads[1].pk}", "followed"),
        ("thread:gone", "muted"),
        (f"network:{network.pk}", "muted"),
    ):
        NoticeFollow.objects.create(user=reader, subject=subject, level=level)
    import_module("forum.migrations.0004_threads_muted_once").move_stances(apps, None)
    assert {follow.thread_id: follow.level for follow in reader.follows.all()} == {
        threads[0].pk: "muted",
        threads[1].pk: "watching",
    }
    assert list(NoticeFollow.objects.values_list("subject", flat=True)) == [f"network:{network.pk}"]


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
