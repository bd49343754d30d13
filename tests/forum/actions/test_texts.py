"""Mentions: people who may read the thread, told once, when readers see it."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from commons import bus
from forum.actions import add_post, add_thread, change_post, merge_thread, release_post
from forum.actions.bound import Binding, open_bound_thread
from forum.models import Mention, Post
from forum.signals import PersonMentioned
from tests.factories.forum import thread_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join
from tests.factories.sheets import draft_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[PersonMentioned]:
    """Return the facts told, as a receiver hears them."""
    facts: list[PersonMentioned] = []
    monkeypatch.setitem(bus._receivers, PersonMentioned, [*bus._receivers[PersonMentioned], facts.append])  # noqa: SLF001
    return facts


def test_a_person_named_is_linked_kept_and_told(
    told: list[PersonMentioned], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    author, named, thread = UserFactory.create(), UserFactory.create(), thread_of()
    with django_capture_on_commit_callbacks(execute=True):
        post = add_post(by=author, thread=thread, body=f"Merci @{named.handle} et @{author.handle}, @personne-999999")
    link = f'<a class="mention" href="/personnes/{named.pk}/" rel="nofollow ugc noopener">@{named.public_name}</a>'
    assert link in post.html
    assert list(Mention.objects.values_list("post", "user")) == [(post.pk, named.pk)]
    assert told == [PersonMentioned(named.pk, post.pk, thread.pk, author.pk)]


def test_a_change_tells_only_who_is_new(
    told: list[PersonMentioned], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    author, one, two = (UserFactory.create() for _n in range(3))
    post = add_post(by=author, thread=thread_of(), body=f"@{one.handle}")
    with django_capture_on_commit_callbacks(execute=True):
        post = change_post(by=author, post=post, body=f"@{one.handle} @{two.handle}", revision=1)
    assert [fact.user_id for fact in told] == [two.pk]
    change_post(by=author, post=post, body=f"@{two.handle}", revision=2)
    assert list(Mention.objects.values_list("user", flat=True)) == [two.pk]


def test_who_may_not_read_the_thread_is_not_named() -> None:
    network = NetworkFactory.create()
    writer, member, outsider = (UserFactory.create() for _n in range(3))
    for person in (writer, member):
        join(person, network)
    moderator = UserFactory.create(is_moderator=True)
    body = " ".join(f"@{person.handle}" for person in (member, outsider, moderator))
    add_thread(by=writer, network=network, title="Entre nous", body=body)
    assert set(Mention.objects.values_list("user", flat=True)) == {member.pk, moderator.pk}


def test_a_thread_about_a_draft_names_only_its_authors() -> None:
    sheet, stranger = draft_sheet(), UserFactory.create()
    thread = add_thread(by=sheet.created_by, sheet=sheet, title="Relire", body=f"@{stranger.handle}")
    assert (Mention.objects.count(), f"@{stranger.handle}" in thread.posts.get().html) == (0, True)


def test_nobody_is_named_where_names_are_not_written() -> None:
    thread = open_bound_thread(Binding(title="Débat", audience="members", network=None, is_anonymous=True))
    post = add_post(by=UserFactory.create(), thread=thread, body=f"@{UserFactory.create().handle}")
    assert ("mention" in post.html, Mention.objects.count()) == (False, 0)


def test_a_held_post_tells_nobody_until_it_is_let_through(
    told: list[PersonMentioned], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    newcomer, named, thread = UserFactory.create(), UserFactory.create(), thread_of()
    with django_capture_on_commit_callbacks(execute=True):
        held = add_post(by=newcomer, thread=thread, body=f"@{named.handle} https://exemple.test")
    assert told == []
    with django_capture_on_commit_callbacks(execute=True):
        release_post(by=UserFactory.create(is_moderator=True), post=Post.objects.get(pk=held.pk))
    assert told == [PersonMentioned(named.pk, held.pk, thread.pk, newcomer.pk)]


def test_ids_follow_the_posts_number_wherever_it_goes() -> None:
    author, moderator = UserFactory.create(), curator_of(NetworkFactory.create(), is_moderator=True)
    source, target = thread_of(author), thread_of(author)
    post = add_post(by=author, thread=source, body="## Titre\n\nUn mot")
    assert 'id="m2-titre"' in post.html
    add_post(by=author, thread=target, body="Un autre")
    merge_thread(by=moderator, thread=source, into=target)
    assert 'id="m4-titre"' in Post.objects.get(pk=post.pk).html
    changed = change_post(
        by=author, post=Post.objects.select_related("thread").get(pk=post.pk), body="## Titre\n\nAutre", revision=1
    )
    assert 'id="m4-titre"' in changed.html
