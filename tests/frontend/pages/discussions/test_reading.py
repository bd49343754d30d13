"""The page of a thread: windows of posts, what stands around them, its cost."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from forum.actions import accept_answer, add_post, close_thread, delete_post, draft_sheet, mark_read, order_thread
from forum.models import Event, Post, Thread
from tests.factories.forum import posts_in, thread_of
from tests.factories.pages import signed_in
from tests.factories.people import NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db


def long_thread(count: int) -> Thread:
    """Return a thread with so many posts, written at once: what is measured is reading."""
    thread = thread_of(title=f"Fil de {count}")
    author = thread.created_by
    first = thread.posts.get()
    rows = [
        Post(thread=thread, seq=n, author=author, body=f"Message {n}", html=f"<p>{n}</p>", parent=first)
        for n in range(2, count + 1)
    ]
    Post.objects.bulk_create(rows, batch_size=500)
    Event.objects.bulk_create([Event(thread=thread, seq=post.seq, kind="post.added", post=post) for post in rows])
    Thread.objects.filter(pk=thread.pk).update(last_seq=count, post_count=count)
    thread.refresh_from_db()
    return thread


SHORT = 10


@pytest.mark.parametrize("count", [SHORT, 5000])
def test_a_long_thread_opens_anywhere_at_the_cost_of_a_short_one(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    thread = long_thread(count)
    here, reader = thread.get_absolute_url(), signed_in(UserFactory.create())
    reader.get(here)
    # The thread, its posts, those before, whether there are more on each side, the sheets born from it, its tags.
    costs = {here: (4, 5), f"{here}?autour={count // 2}": (5, 7), f"{here}?autour={count}": (5, 6)}
    for address, (short, long) in costs.items():
        cost = short if count == SHORT else long
        with django_assert_num_queries(cost):
            page = Client().get(address)
        assert page.status_code == 200
        with django_assert_num_queries(cost + 7):  # session, person, networks, follow, …
            reader.get(address)
    assert [post.seq for post in page.context["posts"]] == list(range(max(1, count - 29), count + 1))


def test_windows_lead_to_each_other() -> None:
    thread = long_thread(100)
    here = thread.get_absolute_url()

    def seqs(query: str) -> list[int]:
        return [post.seq for post in Client().get(here + query).context["posts"]]

    assert seqs("") == list(range(1, 31))
    page = Client().get(here)
    assert (page.context["has_before"], page.context["has_after"]) == (False, True)
    assert page.context["after_url"] == f"{here}?apres=30#messages"
    assert seqs("?apres=30") == list(range(31, 61))
    assert seqs("?avant=61") == list(range(31, 61))
    assert 77 in seqs("?autour=77")
    assert seqs("?autour=pas-un-nombre") == seqs("?autour=99999999999999") == seqs("")


def test_a_reader_comes_back_where_they_had_stopped() -> None:
    thread, reader = long_thread(100), UserFactory.create()
    mark_read(by=reader, thread=thread, seq=59)
    page = signed_in(reader).get(thread.get_absolute_url())
    assert page.context["unread_url"] == f"{thread.get_absolute_url()}?autour=60#non-lus"
    assert page.content.decode().count('id="non-lus"') == 1
    assert page.content.decode().index('id="m59"') < page.content.decode().index('id="non-lus"')
    assert page.content.decode().index('id="non-lus"') < page.content.decode().index('id="m60"')
    assert reader.follows.get().last_read_seq == 59


def test_the_log_is_in_the_first_html_and_its_parts_are_the_same_pages() -> None:
    thread = thread_of()
    posts_in(thread, 2)
    here = thread.get_absolute_url()
    whole = Client().get(here).content.decode()
    assert 'role="log" aria-live="polite" aria-relevant="additions"' in whole
    for name in ("journal", "etat"):
        part = Client().get(here, headers={"HX-Request": "true", "HX-Target": name})
        assert part.content.decode().strip() in whole
        assert part.headers["Vary"].count("HX-Target") == 1


def test_a_slug_of_old_leads_to_the_thread_and_hidden_is_missing() -> None:
    network, member = NetworkFactory.create(), UserFactory.create()
    join(member, network)
    hidden, thread = thread_of(member, network=network), thread_of()
    moved = Client().get(f"/discussions/{thread.pk}/autre-chose/?autour=3")
    assert moved["Location"] == f"{thread.get_absolute_url()}?autour=3"
    for user in (AnonymousUser(), UserFactory.create()):
        client = signed_in(user) if user.is_authenticated else Client()
        assert client.get(hidden.get_absolute_url()).status_code == 404
    assert signed_in(member).get(hidden.get_absolute_url()).status_code == 200


def test_what_stands_around_is_told_in_words() -> None:
    asker, helper, moderator = UserFactory.create(), UserFactory.create(), UserFactory.create(is_moderator=True)
    thread = thread_of(asker, kind="question")
    answer = add_post(by=helper, thread=thread, body="Avec un trépied.")
    accept_answer(by=asker, thread=thread, post=answer)
    order_thread(by=moderator, thread=thread, slow_seconds=60)
    sheet = draft_sheet(by=helper, thread=thread, posts=[answer])
    here = thread.get_absolute_url()
    page = signed_in(helper).get(here)
    assert (page.context["answer"], page.context["born"]) == (answer, [sheet])
    assert "un message toutes les 60 secondes" in page.content.decode()
    assert Client().get(here).context["born"] == []
    close_thread(by=asker, thread=thread)
    closed = signed_in(UserFactory.create()).get(here).content.decode()
    assert "on la lit, on n’y écrit plus" in closed
    assert "<textarea" not in closed
    delete_post(by=helper if helper.has_perm("forum.change_post", answer) else moderator, post=answer)
    assert Client().get(here).context["answer"] is None
    assert "Avec un trépied" not in Client().get(here).content.decode()
