"""The pages of one's own data: copy, leaving, staying, without a script."""

import pytest
from django.core import mail
from django.test import Client

from commons.people.actions import build_export
from commons.people.models import ErasureRequest, PersonalExport
from tests.factories.pages import signed_in
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_a_copy_is_asked_for_and_fetched() -> None:
    person = UserFactory.create()
    client = signed_in(person)
    assert client.post("/profil/donnees/")["Location"] == "/profil/donnees/"
    assert "en préparation" in client.get("/profil/donnees/").content.decode()
    export = PersonalExport.objects.get(user=person)
    assert client.get(f"/profil/donnees/{export.pk}/").status_code == 404
    build_export(export_id=export.pk)
    assert f"/profil/donnees/{export.pk}/" in client.get("/profil/donnees/").content.decode()
    archive = client.get(f"/profil/donnees/{export.pk}/")
    assert (b"".join(archive.streaming_content)[:2], archive["Content-Type"]) == (b"PK", "application/zip")
    assert signed_in(UserFactory.create()).get(f"/profil/donnees/{export.pk}/").status_code == 404
    assert Client().get(f"/profil/donnees/{export.pk}/")["Location"].startswith("/compte/login/")


def test_leaving_asks_how_and_can_be_taken_back() -> None:
    person = UserFactory.create()
    client = signed_in(person)
    assert "Votre mot de passe" in client.get("/profil/quitter/").content.decode()
    asked = {"mode": "remove", "names": "Ada B.\r\nA. B.", "proof": "faux"}
    assert "bon mot de passe" in client.post("/profil/quitter/", asked).content.decode()
    assert client.post("/profil/quitter/", asked | {"proof": PASSWORD})["Location"] == "/profil/quitter/"
    assert ErasureRequest.objects.get(user=person).names == ["Ada B.", "A. B."]
    assert "Votre départ est noté" in client.get("/profil/quitter/").content.decode()
    assert "Je reste" in client.get("/profil/donnees/").content.decode()
    assert client.get("/profil/rester/").status_code == 405
    assert client.post("/profil/rester/")["Location"] == "/profil/donnees/"
    assert ErasureRequest.objects.count() == 0


def test_leaving_at_once_signs_out() -> None:
    person = UserFactory.create()
    client = signed_in(person)
    asked = {"mode": "anonymise", "proof": PASSWORD, "is_immediate": "on"}
    assert client.post("/profil/quitter/", asked)["Location"] == "/"
    assert client.get("/profil/")["Location"].startswith("/compte/login/")
    person.refresh_from_db()
    assert person.is_active is False


def test_who_has_no_password_asks_for_a_code() -> None:
    person = UserFactory.create()
    person.set_unusable_password()
    person.save()
    client = signed_in(person)
    assert "Envoyer un code" in client.get("/profil/quitter/").content.decode().replace("M’envoyer", "Envoyer")
    for _time in range(4):
        assert client.post("/profil/code/")["Location"] == "/profil/quitter/"
    assert len(mail.outbox) == 3
    assert "Trop d’essais" in client.get("/profil/quitter/").content.decode()
