"""One's own copies through the API: theirs alone."""

import io
import zipfile

import pytest

from commons.people.actions import build_export
from commons.people.models import PersonalExport
from tests.factories.api import client_of, refusal
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/me/exports/"


def test_a_copy_is_asked_for_and_fetched_by_its_owner_only() -> None:
    person = UserFactory.create()
    client, other = client_of(person), client_of(UserFactory.create())
    asked = client.post(ADDRESS)
    assert (asked.status_code, asked.json()["url"], asked.json()["ready_at"]) == (202, "", None)
    file = f"{ADDRESS}{asked.json()['id']}/file/"
    assert refusal(client.get(file)) == (404, "not_found")
    build_export(export_id=asked.json()["id"])
    (row,) = client.get(ADDRESS).json()["results"]
    assert row["url"].endswith(file)
    answer = client.get(file)
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert "json/compte.json" in archive.namelist()
    assert (answer["Cache-Control"], answer["Content-Type"]) == ("no-store", "application/zip")
    assert other.get(ADDRESS).json()["results"] == []
    assert refusal(other.get(file)) == (404, "not_found")
    assert refusal(client_of().get(file))[0] == 401
    PersonalExport.objects.update(expires_at=row["created_at"])
    assert refusal(client.get(file)) == (404, "not_found")


def test_a_key_that_only_reads_asks_for_no_copy() -> None:
    assert refusal(client_of(UserFactory.create(), scope="read").post(ADDRESS))[0] == 403
