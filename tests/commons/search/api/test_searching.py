"""Proves the doors of searching: the shape of the answer, filters, refusals, an engine that is down."""

from typing import Any

import pytest

from commons.search import finding
from commons.search.engines.protocol import EngineDownError
from commons.search.models import WantedText
from commons.search.outbox import drain
from tests.factories.api import client_of, refusal
from tests.factories.people import UserFactory
from tests.factories.search import fresh_index
from tests.factories.sheets import published_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    fresh_index()


def _get(address: str, **query: Any) -> Any:
    return client_of().get(address, query)


def test_the_answer_has_the_shape_that_others_rely_on() -> None:
    sheet = published_sheet(title="Médiation à l’école")
    drain()
    answer = _get("/api/v1/search/", q="mediaton ecole", facets="kind,format").json()
    took = answer.pop("took_ms")
    assert answer == {
        "total": 1,
        "hits": [
            {
                "kind": "sheet",
                "id": sheet.pk,
                "url": f"http://127.0.0.1:8000{sheet.get_absolute_url()}",
                "title": "Médiation à l’école",
                "excerpt": "Un podcast d’avant-spectacle enregistré au bar, trois voix, douze minutes.",
                "highlights": {
                    "title": "<mark>Médiation</mark> à l’<mark>école</mark>",
                    "excerpt": "Un podcast d’avant-spectacle enregistré au bar, trois voix, douze minutes.",
                },
            }
        ],
        "facets": {"kind": {"sheet": 1}, "format": {"podcast": 1}},
        "engine": "embedded",
        "did_you_mean": "médiation école",
    }
    assert took > 0


def test_facets_filter_by_name_and_may_be_repeated() -> None:
    one, two = published_sheet(format=["podcast"]), published_sheet(format=["app"])
    published_sheet(format=["mooc"])
    drain()
    answer = _get("/api/v1/search/", kind="sheet", format=["podcast", "app"], facets="format").json()
    assert {hit["id"] for hit in answer["hits"]} == {one.pk, two.pk}
    assert answer["facets"] == {"format": {"podcast": 1, "app": 1, "mooc": 1}}


def test_limit_and_offset_go_to_a_thousand() -> None:
    published_sheet()
    drain()
    assert _get("/api/v1/search/", limit=1000, offset=1000).json()["hits"] == []
    for wrong in ({"limit": 1001}, {"offset": 1001}, {"limit": "-1"}, {"offset": "x"}, {"sort": "no"}, {"kind": "no"}):
        assert refusal(_get("/api/v1/search/", **wrong)) == (422, "invalid")


def test_a_vain_search_is_kept_unless_the_person_is_still_typing() -> None:
    _get("/api/v1/search/", q="hologramme d’archives", typing="1")
    assert WantedText.objects.count() == 0
    _get("/api/v1/search/", q="hologramme d’archives")
    assert WantedText.objects.get().key == "hologramme d archives"


def test_an_engine_that_is_down_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def down() -> Any:
        raise EngineDownError("no answer")

    monkeypatch.setattr(finding, "engine", down)
    assert refusal(_get("/api/v1/search/", q="podcast")) == (503, "search_down")
    assert refusal(_get("/api/v1/suggest/", q="podcast")) == (503, "search_down")


def test_suggestions_come_while_typing() -> None:
    sheet = published_sheet(title="Un zeppelin")
    drain()
    answer = _get("/api/v1/suggest/", q="zepp").json()
    assert [(hit["id"], hit["highlights"]["title"]) for hit in answer["hits"]] == [
        (sheet.pk, "Un <mark>zeppelin</mark>")
    ]


def test_saved_searches_by_the_api() -> None:
    owner = client_of(UserFactory.create())
    made = owner.post("/api/v1/searches/", {"name": "Podcasts", "filters": {"format": ["podcast"]}})
    assert (made.status_code, made.json()["filters"]) == (201, {"format": ["podcast"]})
    assert [row["name"] for row in owner.get("/api/v1/searches/").json()["results"]] == ["Podcasts"]
    address = f"/api/v1/searches/{made.json()['id']}/"
    assert refusal(client_of(UserFactory.create()).delete(address)) == (404, "not_found")
    assert refusal(client_of().get("/api/v1/searches/"))[0] == 401
    assert owner.delete(address).status_code == 204
    assert refusal(client_of().post("/api/v1/searches/", {"text": "x"}))[0] == 401
