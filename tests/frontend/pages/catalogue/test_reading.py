"""What a reader is given of one text: card, sections, contents."""

from typing import Any

import pytest

from frontend.pages.catalogue.reading import Text, card, contents, definition_of, sections, small_facts, text_shown
from practices.actions import add_trial
from practices.models import Sheet
from tests.factories.people import UserFactory
from tests.factories.sheets import draft_sheet, published_sheet

pytestmark = pytest.mark.django_db


def _facts(sheet: Sheet) -> dict[str, tuple[str, str]]:
    found = card(sheet, text_shown(sheet))
    return {f["label"]: (f["value"].replace("\xa0", " "), f.get("note", "").replace("\xa0", " ")) for f in found}


def test_the_card_says_what_it_gave_and_what_it_took() -> None:
    sheet = published_sheet(status={"code": "abandoned", "since": "2026-05-01"}, why_stopped={"codes": ["time"]})
    add_trial(by=UserFactory.create(), sheet=sheet, adaptation="same", outcome="failed", recommend=1)
    sheet.refresh_from_db()
    assert _facts(sheet) == {
        "Résultat": ("A fonctionné", "Indices"),
        "Temps": ("De 2 à 5 jours", "puis 1 jour ou moins par mois"),
        "Budget": ("Moins de 1 k€", "puis 0 € par an"),
        "Essais": ("1 maison", "1 sans succès"),
        "Maison": ("Théâtre", ""),
        "Équipe": ("De 6 à 15 personnes", ""),
        "Territoire": ("Rural", ""),
        "État": ("Abandonnée", "depuis le 1 mai 2026"),
    }


def test_a_draft_has_the_card_of_what_is_known() -> None:
    sheet = draft_sheet(outcome="", effort_setup="", effort_running="", cost_setup={}, cost_running={}, status={})
    assert _facts(sheet) == {}


def test_long_fields_are_in_sections_and_short_ones_beside() -> None:
    text = text_shown(published_sheet())
    parts = sections(text)
    assert [(part.id, [one.code for one in part.fields]) for part in parts] == [
        ("partie-essentials", ["problem", "aim"]),
        ("partie-story", ["what"]),
        ("partie-steps", ["steps"]),
        ("partie-effects", ["results", "obstacles", "if_again"]),
        ("partie-sharing", ["adaptable"]),
    ]
    beside = {fact["label"]: fact["value"] for fact in small_facts(text)}
    assert beside["Publics"] == "Primo-spectateur·rices"
    assert beside["Dates"] == "5 janvier 2026, 30 juin 2026"


def test_a_guides_headings_are_in_its_contents() -> None:
    html: dict[str, Any] = {"what": '<h3 id="a">Avant &amp; <em>après</em></h3><p>x</p><h3 id="b">Puis</h3>'}
    text = Text({"kind": "guide", "what": "# Avant", "title": "T"}, html)
    assert contents(sections(text), ("citer", "Citer")) == [
        {
            "id": "partie-story",
            "label": "Le guide",
            "children": [{"id": "a", "label": "Avant & après"}, {"id": "b", "label": "Puis"}],
        },
        {"id": "citer", "label": "Citer"},
    ]


def test_a_code_that_is_none_has_no_definition() -> None:
    assert definition_of("editorial_state", "rien") == ""
