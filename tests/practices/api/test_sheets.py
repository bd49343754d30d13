"""Sheets through the API: list, read, create, save; what is hidden stays hidden."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from practices.actions import decide_sheet, publish_version, save_sheet, submit_sheet
from practices.models import Sheet
from tests.factories.api import client_of, refusal
from tests.factories.people import NetworkFactory, UserFactory, curator_of, join
from tests.factories.sheets import draft_sheet, published_sheet, sheet_in

pytestmark = pytest.mark.django_db
SHEETS = "/api/v1/sheets/"


def address(sheet: Sheet, end: str = "") -> str:
    return f"{SHEETS}{sheet.pk}/{end}"


@pytest.mark.parametrize("number", [1, 3])
def test_list_in_one_query(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sheets = [published_sheet() for _ in range(number)]
    with django_assert_num_queries(1):
        page = client_of().get(SHEETS).json()
    assert [row["id"] for row in page["results"]] == sorted((sheet.pk for sheet in sheets), reverse=True)
    assert (page["next"], page["previous"]) == (None, None)
    assert page["results"][0]["institution"] == sheets[-1].institution.slug


def test_list_pages_by_cursor_and_filters_by_every_facet() -> None:
    podcast = published_sheet(format=["podcast"])
    film = published_sheet(format=["long_video"], language="en", title="Filmer")
    client = client_of()
    first = client.get(SHEETS, {"limit": 1}).json()
    assert [row["id"] for row in first["results"]] == [film.pk]
    assert [row["id"] for row in client.get(first["next"]).json()["results"]] == [podcast.pk]

    def found(**asked: Any) -> list[str]:
        return [row["id"] for row in client.get(SHEETS, asked).json()["results"]]

    assert found(format=["podcast", "app"]) == [podcast.pk]
    assert found(language="en") == [film.pk]
    assert found(q="film") == [film.pk]
    assert found(tag="podcast") == [film.pk, podcast.pk]
    assert found(institution=podcast.institution.slug) == [podcast.pk]
    assert found(network="nulle-part") == []
    assert found(updated_since="2100-01-01T00:00:00Z") == []
    assert found(updated_since="2020-01-01") == [film.pk, podcast.pk]


def test_mine_lists_drafts_to_their_author_only() -> None:
    draft = draft_sheet()
    assert [r["id"] for r in client_of(draft.created_by).get(SHEETS, {"mine": "true"}).json()["results"]] == [draft.pk]
    assert client_of(UserFactory.create()).get(SHEETS, {"mine": "true"}).json()["results"] == []
    assert client_of().get(SHEETS, {"editorial_state": "draft"}).json()["results"] == []


def test_create_answers_with_the_whole_draft() -> None:
    author = UserFactory.create()
    response = client_of(author).post(SHEETS, {"kind": "practice", "title": "Le podcast", "language": "fr"})
    whole = response.json()
    assert (response.status_code, whole["title"], whole["editorial_state"], whole["revision"]) == (
        201, "Le podcast", "draft", 1,
    )  # fmt: skip
    assert whole["missing"] == ["summary", "problem", "aim", "domain", "what", "status"]


def test_create_again_with_the_same_key_answers_the_same() -> None:
    client = client_of(UserFactory.create(), **{"Idempotency-Key": "abc"})
    body = {"kind": "need", "title": "Sous-titrer"}
    first, second = client.post(SHEETS, body), client.post(SHEETS, body)
    assert (first.json()["id"], first.status_code) == (second.json()["id"], second.status_code)
    assert Sheet.objects.count() == 1
    assert refusal(client.post(SHEETS, body | {"title": "Autre"})) == (422, "idempotency_key_reused")
    wrong = client_of(UserFactory.create(), **{"Idempotency-Key": "abc"})
    assert refusal(wrong.post(SHEETS, {"kind": "need"})) == (422, "incomplete")
    assert wrong.post(SHEETS, body).status_code == 201


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"kind": "poem", "title": "T"}, 422, "invalid"),
        ({"kind": "need", "title": "T", "colour": "red"}, 422, "invalid"),
        ({"title": "T"}, 422, "incomplete"),
        ([], 422, "invalid"),
        ({"kind": "need", "title": "T\x00"}, 422, "invalid"),
        ({"kind": {"a": 1}, "title": ["T"]}, 422, "invalid"),
    ],
)
def test_create_refuses_in_one_shape(body: Any, status: int, code: str) -> None:
    response = client_of(UserFactory.create()).post(SHEETS, body)
    assert refusal(response) == (status, code)
    assert set(response.json()) == {"type", "title", "status", "code", "detail", "errors"}
    assert Sheet.objects.count() == 0


def test_refusals_are_in_the_persons_language_and_for_bad_bodies_too() -> None:
    client = client_of(UserFactory.create())
    broken = client.post(SHEETS, "{", content_type="application/json")
    assert refusal(broken) == (400, "parse_error")
    assert refusal(client.post(SHEETS, "a=b", content_type="text/plain")) == (415, "unsupported_media_type")
    assert refusal(client.delete(SHEETS)) == (405, "method_not_allowed")
    assert refusal(client_of().post(SHEETS, {})) == (401, "not_authenticated")
    assert refusal(client_of(UserFactory.create(), scope="read").post(SHEETS, {})) == (403, "read_only_token")
    assert refusal(client.get(f"{SHEETS}inconnue/")) == (404, "not_found")


def test_save_changes_a_field_and_tags_the_answer() -> None:
    sheet = draft_sheet()
    client = client_of(sheet.created_by)
    tag = client.get(address(sheet))["ETag"]
    saved = client.patch(address(sheet), {"aim": "Mille."}, headers={"If-Match": tag})
    assert (saved.status_code, saved.json()["aim"], saved.json()["revision"]) == (200, "Mille.", 3)
    assert saved["ETag"] != tag
    assert client.get(address(sheet), headers={"If-None-Match": saved["ETag"]}).status_code == 304


def test_save_over_somebody_elses_text_is_412_with_theirs() -> None:
    sheet = draft_sheet()
    client = client_of(sheet.created_by)
    tag = client.get(address(sheet))["ETag"]
    save_sheet(by=sheet.created_by, sheet=sheet, values={"aim": "Le sien"}, revision=2)
    response = client.patch(address(sheet), {"aim": "Le mien"}, headers={"If-Match": tag})
    assert refusal(response) == (412, "conflict")
    assert (response.json()["theirs"], response.json()["revision"]) == ({"aim": "Le sien"}, 3)
    assert refusal(client.patch(address(sheet), {}, headers={"If-Match": '"abc"'})) == (412, "precondition_failed")


@pytest.mark.parametrize("header", ['"999-1"', '"²-1"', f'"{"9" * 5000}"', '"1", "2"', "-1", '"'])
def test_a_revision_that_was_never_there_is_412_and_saves_nothing(header: str) -> None:
    sheet = draft_sheet()
    response = client_of(sheet.created_by).patch(address(sheet), {"aim": "Mille."}, headers={"If-Match": header})
    assert refusal(response) == (412, "precondition_failed")
    sheet.refresh_from_db()
    assert sheet.content["aim"] == "Cent écoutes par spectacle."


@pytest.mark.parametrize("since", ["hier", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00", "9" * 40])
def test_a_date_that_is_none_is_refused(since: str) -> None:
    response = client_of().get(SHEETS, {"updated_since": since})
    assert (refusal(response), response.json()["errors"][0]["field"]) == ((422, "invalid"), "updated_since")


def test_the_tag_tells_the_working_text_from_the_public_face_and_each_language() -> None:
    sheet = published_sheet()
    author, reader = client_of(sheet.created_by), client_of()
    tags = [
        author.get(address(sheet))["ETag"],
        reader.get(address(sheet))["ETag"],
        reader.get(address(sheet), headers={"Accept-Language": "en"})["ETag"],
    ]
    assert len(set(tags)) == 3
    for known, status in ((tags[1], 304), (f'W/{tags[1]}, "x"', 304), ("*", 304), (tags[0], 200), (tags[2], 200)):
        assert reader.get(address(sheet), headers={"If-None-Match": known}).status_code == status


def test_readers_get_the_version_and_editors_the_working_text(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sheet = published_sheet()
    save_sheet(by=sheet.created_by, sheet=sheet, values={"aim": "Pas encore"}, revision=sheet.revision)
    with django_assert_num_queries(1):
        shown = client_of().get(address(sheet)).json()
    assert (shown["aim"], shown["is_draft"], shown["version"]) == ("Cent écoutes par spectacle.", False, 1)
    edited = client_of(sheet.created_by).get(address(sheet)).json()
    assert (edited["aim"], edited["is_draft"]) == ("Pas encore", True)


def test_a_network_s_version_stays_with_it_when_the_sheet_moves_to_another() -> None:
    first, second, author = NetworkFactory.create(), NetworkFactory.create(), UserFactory.create()
    here, there = UserFactory.create(), UserFactory.create()
    for network, member in ((first, here), (second, there)):
        join(author, network)
        join(member, network)
    sheet = sheet_in("candidate", by=author, network=first, confidentiality="network")
    moderator = UserFactory.create(is_moderator=True)
    decide_sheet(by=moderator, sheet=sheet, state="draft", reason="À revoir")
    sheet.refresh_from_db()
    save_sheet(by=author, sheet=sheet, values={"aim": "Autre chose"}, revision=sheet.revision)
    submit_sheet(by=author, sheet=sheet, network=second)
    decide_sheet(by=moderator, sheet=sheet, state="adopted")
    read = [client_of(user).get(f"{address(sheet)}versions/{n}/").status_code for user in (here, there) for n in (1, 2)]
    assert read == [404, 404, 404, 200]
    rows = client_of(there).get(f"{address(sheet)}versions/").json()["results"]
    assert [row["number"] for row in rows] == [2]


def test_a_version_moves_with_the_sheet_that_shows_it() -> None:
    first, second, author = NetworkFactory.create(), NetworkFactory.create(), UserFactory.create()
    reader, moderator = UserFactory.create(), UserFactory.create(is_moderator=True)
    for network in (first, second):
        join(author, network)
    join(reader, second)
    sheet = sheet_in("candidate", by=author, network=first, confidentiality="network")
    decide_sheet(by=moderator, sheet=sheet, state="draft", reason="À revoir")
    submit_sheet(by=author, sheet=sheet, network=second)
    decide_sheet(by=moderator, sheet=sheet, state="adopted")
    assert client_of(reader).get(f"{address(sheet)}versions/1/").status_code == 200


READS = ("", "versions/", "versions/1/", "trials/", "ratings/", "proposals/", "decision/", "uploads/")
WRITES = ("submission/", "decision/", "confirmation/", "versions/", "proposals/", "trials/", "ratings/", "support/")


def test_no_door_shows_a_hidden_sheet_to_the_wrong_person() -> None:
    network, author = NetworkFactory.create(), UserFactory.create()
    join(author, network)
    hidden = [
        draft_sheet(author),
        published_sheet(author, network=network, confidentiality="network"),
        sheet_in("archived", by=author, network=network),
        sheet_in("submitted", by=author, network=network),
    ]
    strangers = [client_of(), client_of(UserFactory.create()), client_of(curator_of(NetworkFactory.create()))]
    for client in strangers:
        assert client.get(SHEETS).json()["results"] == []
        for sheet in hidden:
            for end in READS:
                assert refusal(client.get(address(sheet, end))) == (404, "not_found"), (sheet, end)
            if client is not strangers[0]:
                assert refusal(client.patch(address(sheet), {"aim": "x"})) == (404, "not_found")
                for end in WRITES:
                    assert refusal(client.post(address(sheet, end), {})) == (404, "not_found"), (sheet, end)
    member = UserFactory.create()
    join(member, network)
    assert [row["id"] for row in client_of(member).get(SHEETS).json()["results"]] == [hidden[1].pk]


def test_members_sheets_are_closed_to_visitors_and_drafts_to_moderators() -> None:
    network, author = NetworkFactory.create(), UserFactory.create()
    join(author, network)
    closed = [published_sheet(author, confidentiality=audience) for audience in ("members", "chatham")]
    draft, private = draft_sheet(author), draft_sheet(author, confidentiality="private")
    archived, inner = sheet_in("archived", by=author), published_sheet(author, network=network)
    save_sheet(by=author, sheet=inner, values={"confidentiality": "network"}, revision=inner.revision)
    publish_version(by=author, sheet=inner, reason="Entre nous")
    doors = {
        client_of(): [*closed, draft, private, archived, inner],
        client_of(UserFactory.create()): [draft, private, archived, inner],
        client_of(curator_of(network)): [draft, private, archived],
        client_of(UserFactory.create(is_moderator=True)): [draft, private],
        client_of(UserFactory.create(is_administrator=True)): [draft, private],
    }
    for client, hidden in doors.items():
        for asked in ({}, {"editorial_state": "draft"}, {"editorial_state": "archived"}, {"mine": "true"}):
            listed = {row["id"] for row in client.get(SHEETS, asked).json()["results"]}
            assert listed & {sheet.pk for sheet in hidden} == set()
        for sheet in hidden:
            for end in READS:
                assert refusal(client.get(address(sheet, end))) == (404, "not_found"), (sheet.editorial_state, end)
    assert {row["id"] for row in client_of(author).get(SHEETS, {"mine": "true"}).json()["results"]} == {
        sheet.pk for sheet in (*closed, draft, private, archived, inner)
    }


@pytest.mark.parametrize(("before", "after"), [("members", "public"), ("network", "public"), ("public", "chatham")])
def test_a_version_stays_closed_to_whom_it_was_not_written_for(before: str, after: str) -> None:
    network, author = NetworkFactory.create(), UserFactory.create()
    join(author, network)
    sheet = published_sheet(author, network=network, confidentiality=before)
    save_sheet(by=author, sheet=sheet, values={"confidentiality": after}, revision=sheet.revision)
    publish_version(by=author, sheet=sheet, reason="Autrement")
    reader = client_of(UserFactory.create() if after == "chatham" else None)
    assert [row["number"] for row in reader.get(address(sheet, "versions/")).json()["results"]] == [2]
    assert refusal(reader.get(address(sheet, "versions/1/"))) == (404, "not_found")
    assert reader.get(address(sheet, "versions/2/")).json()["content"].get("authors") == (
        None if after == "chatham" else [{"name": author.public_name}]
    )
    numbers = [row["number"] for row in client_of(author).get(address(sheet, "versions/")).json()["results"]]
    assert (numbers, client_of(author).get(address(sheet, "versions/1/")).json()["number"]) == ([2, 1], 1)
