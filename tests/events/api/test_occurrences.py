"""Occurrences through the API: calendar, one changed, cancelled, confirmed, the series split."""

import pytest

from tests.factories.api import client_of, refusal
from tests.factories.events import rows_of, series_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_one_meeting_is_changed_cancelled_restored_confirmed() -> None:
    user = UserFactory.create()
    series = series_of(user, needs_confirmation=True, format="hybrid")
    row = rows_of(series)[1]
    client, path = client_of(user), f"/api/v1/occurrences/{row.pk}/"
    moved = client.patch(path, {"start": row.start.replace("T14", "T16")}).json()
    assert (moved["status"], moved["is_tentative"], moved["sequence"]) == ("rescheduled", True, 1)
    assert client.post(f"{path}confirmation/").json()["is_tentative"] is False
    cancelled = client.put(f"{path}status/", {"status": "cancelled", "reason": "Grève"}).json()
    assert (cancelled["status"], cancelled["reason"], cancelled["sequence"]) == ("cancelled", "Grève", 3)
    assert client.put(f"{path}status/", {"status": "scheduled"}).json()["status"] == "rescheduled"
    assert refusal(client_of(UserFactory.create()).patch(path, {"title": "x"})) == (403, "not_allowed")
    assert refusal(client.get("/api/v1/occurrences/0/")) == (404, "not_found")


def test_the_series_is_split() -> None:
    user = UserFactory.create()
    series = series_of(user)
    rows = rows_of(series)
    made = client_of(user).post(f"/api/v1/occurrences/{rows[2].pk}/following/", {"title": "La suite"})
    assert (made.status_code, made.json()["split_from"], made.json()["title"]) == (201, series.pk, "La suite")
    listed = client_of().get(f"/api/v1/occurrences/?series={made.json()['id']}").json()["results"]
    assert [row["id"] for row in listed] == [row.pk for row in rows[2:]]


def test_the_calendar_is_cut_by_time_and_by_mine() -> None:
    user = UserFactory.create()
    rows = rows_of(series_of(user))
    series_of()
    client = client_of(user)

    def listed(**query: str) -> list[int]:
        return [row["id"] for row in client.get("/api/v1/occurrences/", query).json()["results"]]

    mine = [row.pk for row in rows]
    assert (len(listed()), listed(mine="true")) == (10, mine)
    after, before = rows[1].starts_at.isoformat(), rows[3].starts_at.isoformat()
    assert listed(mine="true", after=after, before=before) == mine[1:3]
    assert listed(mine="true", after="quand ?") == mine


def test_the_thread_is_opened_once_and_read_as_any_other() -> None:
    person = UserFactory.create()
    row = rows_of(series_of(rrule=""))[0]
    path = f"/api/v1/occurrences/{row.pk}/"
    assert client_of().get(path).json()["thread"] is None
    assert refusal(client_of().put(f"{path}thread/")) == (401, "not_authenticated")
    opened = [client_of(person).put(f"{path}thread/").json()["thread"] for _time in range(2)]
    assert opened[0] == opened[1] == client_of().get(path).json()["thread"]
    assert client_of(person).post(f"/api/v1/threads/{opened[0]}/posts/", {"body": "Bonjour"}).status_code == 201
    assert [post["body"] for post in client_of().get(f"/api/v1/threads/{opened[0]}/posts/").json()["results"]] == [
        "Bonjour"
    ]
