"""One's own account through the API."""

import pytest
from django.core.management import CommandError, call_command

from commons.people.models import ApiToken
from tests.factories.api import client_of, refusal
from tests.factories.people import InstitutionFactory, NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db


def test_me_is_read_and_changed_by_oneself() -> None:
    user, house = UserFactory.create(), InstitutionFactory.create()
    membership = join(user, NetworkFactory.create())
    client = client_of(user)
    changed = client.patch("/api/v1/me/", {"job": "Communication", "institution": house.slug}).json()
    assert changed == client.get("/api/v1/me/").json()
    assert (changed["email"], changed["job"], changed["institution"]) == (user.email, "Communication", house.slug)
    assert changed["memberships"] == [{"network": membership.network.slug, "role": "member", "state": "active"}]
    assert refusal(client.patch("/api/v1/me/", {"is_administrator": True})) == (422, "invalid")
    assert refusal(client.patch("/api/v1/me/", {"institution": "nulle-part"})) == (400, "invalid")
    assert refusal(client_of().get("/api/v1/me/")) == (401, "not_authenticated")


def test_a_token_shows_its_key_once_and_dies_when_revoked() -> None:
    user = UserFactory.create()
    client = client_of(user)
    made = client.post("/api/v1/tokens/", {"name": "script", "scope": "write"}).json()
    bearer = {"Authorization": f"Bearer {made['key']}"}
    assert client_of().get("/api/v1/me/", headers=bearer).json()["id"] == user.pk
    rows = client.get("/api/v1/tokens/").json()["results"]
    assert ([row["name"] for row in rows], "key" in rows[0]) == (["script", "essai"], False)
    assert ApiToken.objects.filter(digest__contains=made["key"]).count() == 0
    assert refusal(client_of(UserFactory.create()).delete(f"/api/v1/tokens/{made['id']}/")) == (404, "not_found")
    assert client.delete(f"/api/v1/tokens/{made['id']}/").status_code == 204
    assert refusal(client_of().get("/api/v1/me/", headers=bearer)) == (401, "authentication_failed")
    for wrong in ("Bearer", "Bearer a b", "Bearer é"):
        assert refusal(client_of().get("/api/v1/me/", headers={"Authorization": wrong})) == (
            401,
            "authentication_failed",
        )


def test_token_command_prints_the_key_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    user = UserFactory.create()
    call_command("token", user.email.upper(), "--scope", "write")
    key = capsys.readouterr().out.removesuffix("\n")
    response = client_of().patch("/api/v1/me/", {"job": "Régie"}, headers={"Authorization": f"Bearer {key}"})
    assert response.json()["job"] == "Régie"
    with pytest.raises(CommandError):
        call_command("token", "personne@nulle-part.example")
