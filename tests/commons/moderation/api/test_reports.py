"""The API of reports: made by anybody signed in, read back without the thing, handled by those it concerns."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories.api import client_of, refusal
from tests.factories.forum import posts_in, thread_of
from tests.factories.moderation import report_on
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db


def test_a_report_is_made_then_handled_then_read_back() -> None:
    post, reader = posts_in(thread_of(), 1)[0], UserFactory.create()
    asked = {"kind": "post", "object_id": str(post.pk), "reason": "abuse", "text": "Une insulte."}
    made = client_of(reader).post("/api/v1/reports/", asked, format="json")
    assert made.status_code == 201
    pk, moderator = made.json()["id"], client_of(UserFactory.create(is_moderator=True))
    assert made.json() | asked | {"state": "open", "outcome": "", "closed_at": None} == made.json()
    assert sorted(made.json()) == [
        "closed_at", "created_at", "id", "kind", "object_id", "outcome", "reason", "state", "text",
    ]  # fmt: skip
    here = f"/api/v1/reports/{pk}/"
    taken = moderator.patch(here, {"state": "taken"}, format="json").json()
    assert (taken["state"], taken["excerpt"], taken["about"]["id"]) == ("taken", "Message numéro 0", post.author_id)
    noted = moderator.post(f"{here}notes/", {"text": "Vu."}, format="json")
    assert (noted.status_code, noted.json()["text"]) == (201, "Vu.")
    assert [note["text"] for note in moderator.get(f"{here}notes/").json()["results"]] == ["Vu."]
    closed = moderator.patch(here, {"state": "resolved", "outcome": "Supprimé."}, format="json").json()
    assert (closed["state"], closed["outcome"]) == ("resolved", "Supprimé.")
    assert moderator.get(here).json() == closed
    again = moderator.patch(here, {"state": "rejected", "outcome": "Non."}, format="json")
    assert refusal(again) == (409, "closed")
    [mine] = client_of(reader).get("/api/v1/reports/?is_mine=1").json()["results"]
    assert mine == made.json() | {"state": "resolved", "outcome": "Supprimé.", "closed_at": mine["closed_at"]}


def test_who_may_not_handle_finds_nothing() -> None:
    network = NetworkFactory.create()
    report = report_on(posts_in(thread_of(), 1)[0])
    curator, reader = client_of(curator_of(network)), client_of(UserFactory.create())
    assert curator.get("/api/v1/reports/").json()["results"] == []
    for client in (curator, reader):
        assert refusal(client.get(f"/api/v1/reports/{report.pk}/")) == (404, "not_found")
        assert refusal(client.get(f"/api/v1/reports/{report.pk}/notes/")) == (404, "not_found")
    assert refusal(reader.get("/api/v1/reports/")) == (403, "not_allowed")
    assert client_of().get("/api/v1/reports/?is_mine=1").status_code == 401
    hidden = {"kind": "post", "object_id": "999999", "reason": "spam"}
    assert refusal(reader.post("/api/v1/reports/", hidden, format="json")) == (404, "not_found")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for post in posts_in(thread_of(), count):
        report_on(post)
    client = client_of(UserFactory.create(is_moderator=True))
    client.get("/api/v1/reports/")
    with django_assert_num_queries(2):
        assert len(client.get("/api/v1/reports/?state=open").json()["results"]) == count
    assert client.get("/api/v1/reports/?state=taken").json()["results"] == []
