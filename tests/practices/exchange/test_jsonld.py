"""JSON-LD says what the field table says, by schema.org's names, and can stand in a page."""

import json
from typing import Any

import pytest

from practices.enums import Genre
from practices.exchange.jsonld import collection_node, json_in_page, json_of, sheet_node
from practices.fields import fields_for
from practices.models import Collection, Sheet
from tests.factories.people import NetworkFactory, UserFactory
from tests.factories.sheets import PUBLISHABLE, published_sheet

pytestmark = pytest.mark.django_db


def test_a_practice_is_a_how_to_and_a_learning_resource() -> None:
    sheet = published_sheet(
        cost_setup={"band": "b1", "amount": 800},
        place={"name": "Lyon", "code": "69381"},
        tools=[{"name": "OBS"}],
        partners=[{"name": "La Ville"}],
        based_on={"url": "https://exemple.example/"},
        media=[{"url": "https://exemple.example/a.png", "alt": "Une scène", "licence": "CC-BY-4.0"}],
        authors=[{"name": "Ada"}],
    )
    node = sheet_node(sheet)
    assert node["@type"] == ["HowTo", "LearningResource"]
    assert node["name"] == "Le podcast du bar"
    assert node["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert node["author"] == [{"@type": "Person", "name": "Ada"}]
    assert node["step"] == [
        {"@type": "HowToStep", "position": 1, "name": "Choisir les voix", "text": "Trois suffisent."}
    ]
    assert [term["termCode"] for term in node["about"]] == ["mediation", "theatre"]
    assert node["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert node["temporalCoverage"] == "2026-01-05/2026-06-30"
    assert node["estimatedCost"] == {"@type": "MonetaryAmount", "currency": "EUR", "value": 800}
    assert node["spatialCoverage"] == {"@type": "Place", "name": "Lyon", "identifier": "69381"}
    assert node["provider"] == {"@type": "Organization", "name": sheet.institution.name}
    assert node["keywords"] == ["podcast"]
    assert "creditText" in node


def test_every_filled_field_with_a_schema_name_is_there() -> None:
    sheet = published_sheet()
    named = {f.schema for f in fields_for(Genre.PRACTICE) if f.schema and f.code in PUBLISHABLE}
    assert named - sheet_node(sheet).keys() == set()


def test_chatham_names_nobody() -> None:
    author = UserFactory.create(public_name="Ada Secrète")
    sheet = published_sheet(by=author, confidentiality="chatham", authors=[{"name": "Ada Secrète"}])
    text = json_of(sheet_node(sheet))
    assert [name for name in ("Ada", author.institution.name) if name in text] == []


def test_json_in_a_page_cannot_leave_its_element() -> None:
    title = "</script><script>alert(1)</script>\u2028 & <!--"
    text = json_in_page(sheet_node(published_sheet(title=title)))
    assert [c for c in "<>&\u2028" if c in text] == []
    assert json.loads(text)["name"] == " ".join(title.split())


def test_a_collection_lists_its_sheets_in_order() -> None:
    network = NetworkFactory.create(name="Réseau")
    collection = Collection.objects.create(network=network, slug="choix", title="Choix")
    sheets: list[Sheet] = [published_sheet(title=title) for title in ("Un guide", "Deux guides")]
    node: dict[str, Any] = collection_node(collection, sheets)
    assert [(i["position"], i["item"]["name"]) for i in node["itemListElement"]] == [
        (1, "Un guide"),
        (2, "Deux guides"),
    ]
    assert node["publisher"]["name"] == "Réseau"
    assert "description" not in node
