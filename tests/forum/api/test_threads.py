"""Threads through the API."""

import pytest
from pytest_django import DjangoAssertNumQueries

from forum.models import Thread
from tests.factories.api import client_of, refusal
from tests.factories.forum import posts_in, thread_of
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def test_a_thread_opens_once() -> None:
    client = client_of(UserFactory.create())
    body = {"title": "Filmer seule", "body": "Qui **sait** ?", "tags": ["captation"], "client_id": "a"}
    made = client.post("/api/v1/threads/", body)
    again = client.post("/api/v1/threads/", body)
    assert (made.status_code, again.status_code) == (201, 200)
    assert (made.json()["seq"], made.json()["space"], made.json()["id"]) == (1, "general", again.json()["id"])
    assert made.json()["post"]["html"] == "<p>Qui <strong>sait</strong> ?</p>"


def test_spaces_are_named_and_guarded() -> None:
    network, member = NetworkFactory.create(), UserFactory.create()
    join(member, network)
    sheet, hidden = published_sheet(), draft_sheet()
    client, facts = client_of(member), {"title": "T", "body": "B"}
    for space in (f"network:{network.slug}", f"sheet:{sheet.pk}"):
        assert client.post("/api/v1/threads/", facts | {"space": space}).json()["space"] == space
    for space in ("network:nulle-part", f"sheet:{hidden.pk}", "ailleurs"):
        assert refusal(client.post("/api/v1/threads/", facts | {"space": space})) == (422, "invalid")
    stranger = client_of(UserFactory.create())
    outside = stranger.post("/api/v1/threads/", facts | {"space": f"network:{network.slug}"})
    assert (refusal(outside), outside.json()["errors"][0]["field"]) == ((422, "invalid"), "space")
    assert refusal(client_of().post("/api/v1/threads/", facts))[0] == 401


def test_lists_are_filtered() -> None:
    me, network = UserFactory.create(), NetworkFactory.create()
    join(me, network)
    talk, question = thread_of(), thread_of(kind="question", tags=["son"])
    mine = thread_of(me, network=network)
    client = client_of(me)

    def ids(asked: str) -> list[str]:
        return [row["id"] for row in client.get(f"/api/v1/threads/?{asked}").json()["results"]]

    assert ids("") == [mine.pk, question.pk, talk.pk]
    assert ids("kind=question") == ids("is_unanswered=1") == ids("tag=son") == [question.pk]
    assert ids("is_mine=true") == ids(f"space=network:{network.slug}") == [mine.pk]
    assert ids("space=general") == [question.pk, talk.pk]
    assert len(client_of().get("/api/v1/threads/").json()["results"]) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_one_query(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _n in range(count):
        thread_of()
    with django_assert_num_queries(1):
        assert len(client_of().get("/api/v1/threads/").json()["results"]) == count


def test_a_thread_changes_closes_and_opens() -> None:
    owner = UserFactory.create()
    thread = thread_of(owner, kind="question")
    answer = posts_in(thread, 1)[0]
    client, address = client_of(owner), f"/api/v1/threads/{thread.pk}/"
    assert client.patch(address, {"title": "Autre", "tags": ["son"]}).json()["title"] == "Autre"
    assert client.put(f"{address}closure/").json()["is_closed"] is True
    assert client.delete(f"{address}closure/").json()["is_closed"] is False
    assert client.put(f"{address}answer/", {"post": answer.pk}).json()["answer"] == answer.pk
    assert client.delete(f"{address}answer/").json()["answer"] is None
    assert refusal(client.patch(address, {"created_by": 1})) == (422, "invalid")
    assert refusal(client.patch(f"{address}order/", {"is_pinned": True})) == (403, "not_allowed")
    assert refusal(client_of(UserFactory.create()).put(f"{address}closure/")) == (403, "not_allowed")


def test_moderators_move_split_and_merge() -> None:
    network = NetworkFactory.create()
    curator = curator_of(network, is_moderator=True)
    client, thread, other = client_of(curator), thread_of(), thread_of()
    post = posts_in(thread, 1)[0]
    address = f"/api/v1/threads/{thread.pk}/"
    assert client.patch(f"{address}order/", {"is_pinned": True, "slow_seconds": 5}).json()["slow_seconds"] == 5
    split = client.post(f"{address}split/", {"posts": [post.pk], "title": "À part"})
    assert (split.status_code, Thread.objects.get(pk=split.json()["id"]).posts.count()) == (201, 1)
    assert client.put(f"{address}merger/", {"into": other.pk}).json()["post_count"] == 2
    moved = client.put(f"/api/v1/threads/{other.pk}/space/", {"space": f"network:{network.slug}"}).json()
    assert (moved["space"], moved["audience"]) == (f"network:{network.slug}", "network")


def test_posts_become_a_sheet() -> None:
    thread = thread_of()
    posts = [thread.posts.get().pk]
    made = client_of(UserFactory.create()).post(f"/api/v1/threads/{thread.pk}/sheets/", {"posts": posts})
    assert (made.status_code, made.json()["id"]) == (201, thread.births.get().sheet_id)


def test_what_one_keeps_of_a_thread() -> None:
    thread = thread_of()
    posts_in(thread, 2)
    client, address = client_of(UserFactory.create()), f"/api/v1/threads/{thread.pk}/"
    assert client.put(f"{address}reads/", {"seq": 2}).json()["last_read_seq"] == 2
    assert client.put(f"{address}reads/", {"seq": 1}).json()["last_read_seq"] == 2
    kept = {"level": "watching", "last_read_seq": 2, "is_saved": True}
    assert client.patch(f"{address}follow/", {"level": "watching", "is_saved": True}).json() == kept
    assert client.get(f"{address}follow/").json() == kept
    assert client.get(f"{address}draft/").json() == {"title": "", "body": ""}
    client.put(f"{address}draft/", {"body": "Je pense"})
    assert client.get(f"{address}draft/").json() == {"title": "", "body": "Je pense"}
    assert refusal(client_of().put(f"{address}reads/", {"seq": 2}))[0] == 401


def test_a_hidden_thread_answers_like_a_missing_one() -> None:
    network, member = NetworkFactory.create(), UserFactory.create()
    join(member, network)
    thread = thread_of(member, network=network)
    for pk in (thread.pk, "0" * 26):
        for client in (client_of(), client_of(UserFactory.create())):
            for part in ("", "posts/", "events/?after=0", f"posts/{thread.posts.get().pk}/"):
                assert refusal(client.get(f"/api/v1/threads/{pk}/{part}")) == (404, "not_found")
