"""Vocabularies through the API, plain and as SKOS."""

import pytest

from commons.vocabularies.models import Entry, Vocabulary
from tests.factories.api import client_of, refusal

pytestmark = pytest.mark.django_db


def test_vocabularies_are_listed_and_read_in_order() -> None:
    rows = client_of().get("/api/v1/vocabularies/").json()["results"]
    assert [row["code"] for row in rows] == list(Vocabulary.objects.order_by("code").values_list("code", flat=True))
    sync = client_of().get("/api/v1/vocabularies/sync/").json()
    assert [entry["code"] for entry in sync["entries"]] == ["synchronous", "asynchronous", "both"]
    assert refusal(client_of().get("/api/v1/vocabularies/rien/")) == (404, "not_found")


def test_skos_names_concepts_in_both_languages() -> None:
    Entry.objects.filter(vocabulary="discipline", code="jazz").update(deprecated_by="popular_music")
    response = client_of().get("/api/v1/vocabularies/discipline/?as=skos")
    assert response["Content-Type"] == "application/ld+json"
    asked = client_of().get("/api/v1/vocabularies/discipline/", headers={"Accept": "application/ld+json"})
    assert (asked["Content-Type"], asked.json()) == ("application/ld+json", response.json())
    scheme, *concepts = response.json()["@graph"]
    jazz = next(c for c in concepts if c["skos:notation"] == "jazz")
    assert jazz["skos:inScheme"] == {"@id": scheme["@id"]}
    assert jazz["skos:broader"] == {"@id": f"{scheme['@id']}#popular_music"}
    assert (jazz["owl:deprecated"], jazz["skos:prefLabel"][0]["@language"]) == (True, "fr")
    modality = client_of().get("/api/v1/vocabularies/modality/?as=skos").json()["@graph"]
    assert modality[1]["skos:exactMatch"]["@id"].startswith("http")
