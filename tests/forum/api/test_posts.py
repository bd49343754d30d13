"""Posts through the API: windows, writes, and what a reader missed."""

import pytest

from forum.actions import add_post
from tests.factories.api import client_of, refusal
from tests.factories.forum import posts_in, thread_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_post_is_added_once() -> None:
    author, thread = UserFactory.create(), thread_of()
    client, address = client_of(author), f"/api/v1/threads/{thread.pk}/posts/"
    made = client.post(address, {"body": "Oui", "client_id": "a"})
    again = client.post(address, {"body": "Oui", "client_id": "a"})
    assert (made.status_code, again.status_code, made.json()) == (201, 200, again.json())
    assert (made.json()["seq"], made.json()["author"]["id"]) == (2, author.pk)
    answer = client.post(address, {"body": "Non", "parent": made.json()["id"]})
    assert answer.json()["parent"] == made.json()["id"]
    assert refusal(client.post(address, {"body": ""})) == (400, "invalid")
    assert refusal(client.post(address, {"body": "Oui", "seq": 9})) == (422, "invalid")
    assert refusal(client_of().post(address, {"body": "Oui"}))[0] == 401


def test_windows() -> None:
    thread = thread_of()
    posts_in(thread, 39)

    def seqs(asked: str) -> list[int]:
        answer = client_of().get(f"/api/v1/threads/{thread.pk}/posts/?{asked}").json()
        assert answer["last_seq"] == 40
        return [post["seq"] for post in answer["results"]]

    assert seqs("") == list(range(11, 41))
    assert seqs("after=35") == [36, 37, 38, 39, 40]
    assert seqs("before=3") == [1, 2]
    assert seqs("around=20") == list(range(10, 40))
    assert refusal(client_of().get(f"/api/v1/threads/{thread.pk}/posts/?after=x")) == (422, "invalid")


def test_a_post_is_changed_hidden_and_shown() -> None:
    author, thread = UserFactory.create(), thread_of()
    post = add_post(by=author, thread=thread, body="Un")
    client, address = client_of(author), f"/api/v1/threads/{thread.pk}/posts/{post.pk}/"
    assert client.patch(address, {"body": "Deux", "revision": 1}).json()["revision"] == 2
    late = client.patch(address, {"body": "Trois", "revision": 1})
    assert (refusal(late), late.json()["theirs"]) == ((409, "conflict"), {"body": "Deux"})
    assert client.delete(address).json()["body"] == ""
    assert client.get(address).json()["author"] is None
    assert client.put(f"{address}restoration/").json()["body"] == "Deux"
    assert refusal(client_of(UserFactory.create()).delete(address)) == (403, "not_allowed")


def test_a_held_post_is_released() -> None:
    newcomer, moderator, thread = UserFactory.create(), UserFactory.create(is_moderator=True), thread_of()
    post = add_post(by=newcomer, thread=thread, body="https://exemple.test")
    address = f"/api/v1/threads/{thread.pk}/posts/{post.pk}/"
    assert refusal(client_of().get(address)) == (404, "not_found")
    hidden = client_of().get(f"/api/v1/threads/{thread.pk}/events/?after=1").json()
    assert [(event["seq"], event["post"], event["html"]) for event in hidden["events"]] == [(2, None, "")]
    assert client_of(moderator).put(f"{address}release/").json()["state"] == "visible"
    assert client_of().get(address).status_code == 200


def test_reactions_and_votes() -> None:
    author, reader, thread = UserFactory.create(), UserFactory.create(), thread_of()
    post = add_post(by=author, thread=thread, body="Un")
    address = f"/api/v1/threads/{thread.pk}/posts/{post.pk}/"
    assert client_of(reader).put(f"{address}reactions/thanks/").json()["reactions"] == {"thanks": 1}
    assert client_of(reader).delete(f"{address}reactions/thanks/").json()["reactions"] == {}
    assert refusal(client_of(reader).put(f"{address}votes/", {"options": [0]})) == (404, "not_found")
    poll = {"question": "Quel jour ?", "options": ["Mardi", "Jeudi"]}
    assert client_of(author).post(f"{address}poll/", poll).status_code == 201
    voted = client_of(reader).put(f"{address}votes/", {"options": [1]}).json()["poll"]
    assert [(option["label"], option["count"]) for option in voted["options"]] == [("Mardi", 0), ("Jeudi", 1)]


def test_what_a_reader_missed() -> None:
    thread = thread_of()
    posts_in(thread, 2)

    def events(asked: str) -> object:
        return client_of().get(f"/api/v1/threads/{thread.pk}/events/?{asked}")

    told = events("after=1").json()
    assert (told["last_seq"], [(e["seq"], e["type"], e["post"]["seq"]) for e in told["events"]]) == (
        3, [(2, "post.added", 2), (3, "post.added", 3)],
    )  # fmt: skip
    assert events("after=3").json() == {"events": [], "last_seq": 3}
    assert refusal(events("after=4")) == (410, "cannot_replay")
    assert refusal(events("")) == (422, "invalid")
