"""The demonstration's sheets go through the editorial flow, at dates that make sense."""

import datetime

import pytest

from frontend.demo.files import moment
from practices.models import Sheet

pytestmark = pytest.mark.usefixtures("loaded")


def _sheet(slug: str) -> Sheet:
    return Sheet.objects.get(source_key=f"demo:{slug}")


def test_a_sheet_is_decided_by_somebody_who_did_not_write_it() -> None:
    for sheet in Sheet.objects.all():
        deciders = {decision.by_id for decision in sheet.decisions.order_by("pk")[1:]}
        assert deciders.isdisjoint(sheet.authorships.values_list("user", flat=True)), sheet.source_key


def test_a_sheet_bears_the_dates_of_its_file(today: datetime.date) -> None:
    sheet = _sheet("message-de-la-veille")
    assert (sheet.created_at, sheet.published_at) == (moment(today, 330), moment(today, 318))
    assert [version.created_at for version in sheet.versions.order_by("number")] == [
        moment(today, 318),
        moment(today, 120),
    ]
    assert [decision.created_at for decision in sheet.decisions.order_by("pk")] == [
        moment(today, 324),
        moment(today, 318),
        moment(today, 313),
    ]
    assert sheet.review_by == today - datetime.timedelta(days=120) + datetime.timedelta(days=365)


def test_a_revised_sheet_shows_its_last_version() -> None:
    first, second = _sheet("captation-une-camera").versions.order_by("number")
    assert (first.content["outcome"], second.content["outcome"]) == ("worked", "mixed")
    assert second.reason == "Chiffres de la deuxième saison, et l’aveu sur le son"


def test_a_sheet_may_be_based_on_an_older_one() -> None:
    content = _sheet("guide-premier-direct").content
    assert content["based_on"]["sheet"] == _sheet("captation-une-camera").pk


def test_a_chatham_sheet_names_no_house() -> None:
    version = _sheet("lunettes-de-surtitrage").version
    assert version is not None
    assert {"institution", "authors", "owner_contact", "place", "partners"} & set(version.content) == set()


def test_a_sheet_sent_back_to_the_shelf_says_why() -> None:
    reasons = [_sheet(slug).decisions.order_by("pk")[3].reason for slug in ("forty-objects-online", "casques-en-ehpad")]
    assert all(reasons)
