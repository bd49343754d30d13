"""The pages of houses."""

import pytest
from django.test import Client

from commons.people.models import Institution
from tests.factories.pages import signed_in
from tests.factories.people import InstitutionFactory, UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db
FACTS = {"name": "Le Quai", "type": "museum", "labels": ["mdf"], "disciplines": ["heritage"], "team_size": "t3"}


def test_institutions_are_listed_by_name_and_type() -> None:
    theatre, museum = InstitutionFactory.create(name="B"), InstitutionFactory.create(name="A", type="museum")
    page = Client().get("/maisons/")
    assert [row["house"] for row in page.context["rows"]] == [museum, theatre]
    assert [row["house"] for row in Client().get("/maisons/?type=museum").context["rows"]] == [museum]
    assert Client().get("/maisons/?type=cinema").context["rows"] == []


def test_institutions_go_page_by_page() -> None:
    InstitutionFactory.create_batch(31)
    first = Client().get("/maisons/?type=theatre")
    assert (first.context["total"], first.context["previous_url"], first.context["next_url"]) == (
        31, "", "?type=theatre&page=2",
    )  # fmt: skip
    second = Client().get("/maisons/?page=2")
    assert (len(second.context["rows"]), second.context["previous_url"]) == (1, "?page=1")


def test_a_house_shows_its_facts_people_and_published_sheets_only() -> None:
    sheet = published_sheet()
    house, author = sheet.institution, sheet.created_by
    draft_sheet(author)
    page = Client().get(house.get_absolute_url())
    assert [row["pk"] for row in page.context["sheets"]] == [sheet.pk]
    assert list(page.context["people"]) == [author]
    assert author.email not in page.content.decode()
    assert {"label": "Type", "value": "Théâtre"} in page.context["facts"]
    assert page.context["may_change"] is False
    assert Client().get("/maisons/nulle-part/").status_code == 404


def test_a_newcomer_adds_their_house_and_works_there() -> None:
    user = UserFactory.create(institution=None)
    client = signed_in(user)
    empty = client.post("/maisons/ajouter/", {"name": ""})
    assert empty.context["form"].errors["type"] == ["Ce champ est obligatoire."]
    assert client.post("/maisons/ajouter/", FACTS).url == "/maisons/le-quai/"
    user.refresh_from_db()
    assert (user.institution.name, user.institution.labels) == ("Le Quai", ["mdf"])
    client.post("/maisons/ajouter/", FACTS)
    assert sorted(Institution.objects.values_list("slug", flat=True)) == ["le-quai", "le-quai-2"]


def test_a_house_is_changed_by_its_people_only() -> None:
    user = UserFactory.create()
    here = f"/maisons/{user.institution.slug}/modifier/"
    assert signed_in(UserFactory.create()).get(here).status_code == 403
    assert signed_in(user).get(here).context["form"].initial["team_size"] == "t2"
    signed_in(user).post(here, FACTS | {"website": "quai.example"})
    user.institution.refresh_from_db()
    assert (user.institution.name, user.institution.website) == ("Le Quai", "https://quai.example")
