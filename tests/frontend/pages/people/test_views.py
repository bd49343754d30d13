"""The pages of people."""

import pytest
from django.test import Client

from practices.actions import add_trial
from tests.factories.pages import signed_in
from tests.factories.people import InstitutionFactory, NetworkFactory, UserFactory, join
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def test_a_person_shows_credited_sheets_and_trials_the_reader_may_see_and_never_an_address() -> None:
    author = UserFactory.create(help_text="Le son.")
    shown = published_sheet(author)
    published_sheet(author, confidentiality="members")
    published_sheet(author, confidentiality="chatham")
    draft_sheet(author)
    trial = add_trial(by=author, sheet=published_sheet(), adaptation="same", outcome="worked", recommend=7)
    page = Client().get(author.get_absolute_url())
    assert [row["pk"] for row in page.context["sheets"]] == [shown.pk]
    assert list(page.context["trials"]) == [trial]
    assert (author.email in page.content.decode(), "Le son." in page.content.decode()) == (False, True)
    assert len(signed_in(UserFactory.create()).get(author.get_absolute_url()).context["sheets"]) == 2
    assert Client().get("/personnes/0/").status_code == 404


def test_who_did_not_agree_to_be_credited_has_no_sheets_on_their_page() -> None:
    shy = UserFactory.create(is_credited=False)
    published_sheet(shy, authors=[{"name": "L’équipe"}], owner_contact={"name": "L’accueil"})
    assert Client().get(shy.get_absolute_url()).context["sheets"] == []


def test_profile_is_changed_by_oneself() -> None:
    user, house = UserFactory.create(), InstitutionFactory.create()
    join(user, NetworkFactory.create(name="Les Cintres"))
    client = signed_in(user)
    assert "Les Cintres" in client.get("/profil/").content.decode()
    sent = {"public_name": "Camille", "job": "Son", "institution": house.pk, "language": "en", "help_text": ""}
    client.post("/profil/", sent)
    user.refresh_from_db()
    assert (user.public_name, user.institution, user.language, user.is_credited) == ("Camille", house, "en", False)
    assert client.post("/profil/", sent | {"public_name": " "}).context["form"].errors["public_name"]
    assert Client().get("/profil/").url == "/compte/login/?next=/profil/"


def test_a_key_is_shown_once_and_revoked() -> None:
    user = UserFactory.create()
    client = signed_in(user)
    made = client.post("/profil/cles/", {"name": "script", "scope": "read"})
    key = made.context["key"]
    assert (key in made.content.decode(), key in client.get("/profil/cles/").content.decode()) == (True, False)
    token = user.api_tokens.get()
    assert signed_in(UserFactory.create()).post(f"/profil/cles/{token.pk}/revoquer/").status_code == 404
    client.post(f"/profil/cles/{token.pk}/revoquer/")
    assert list(client.get("/profil/cles/").context["tokens"]) == []
    assert client.post("/profil/cles/", {"name": "", "scope": "read"}).context["key"] == ""


def test_the_twenty_first_key_is_refused_in_words() -> None:
    user = UserFactory.create()
    client = signed_in(user)
    for n in range(20):
        client.post("/profil/cles/", {"name": f"clé {n}", "scope": "read"})
    page = client.post("/profil/cles/", {"name": "une de trop", "scope": "read"})
    assert page.context["form"].non_field_errors() == ["Vous avez déjà vingt clés : révoquez-en une."]


def test_a_newcomer_says_their_house_and_job_or_goes_on() -> None:
    house, newcomer = InstitutionFactory.create(), UserFactory.create(institution=None)
    client = signed_in(newcomer)
    assert client.get("/bienvenue/").status_code == 200
    assert "institution" in client.post("/bienvenue/", {"institution": "0"}).context["form"].errors
    assert client.post("/bienvenue/", {"institution": house.pk, "job": "Communication"}).url == "/fiches/"
    newcomer.refresh_from_db()
    assert (newcomer.institution, newcomer.job) == (house, "Communication")
    assert Client().get("/bienvenue/").status_code == 302
