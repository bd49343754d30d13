"""A piece of a page is drawn once for the same facts, and anew for others, another language or template."""

from django.utils import translation

from commons.drawings import drawn

BADGE, ICON = "components/badge.html", "components/icon.html"


def test_the_same_facts_are_drawn_once() -> None:
    first = drawn(BADGE, ("une fois", 1), {"code": "good", "label": "Une fois"})
    again = drawn(BADGE, ("une fois", 1), {"code": "bad", "label": "Jamais montré"})
    assert again is first
    assert first.strip() == '<span class="badge badge-good">Une fois</span>'


def test_other_facts_another_template_or_language_are_drawn_anew() -> None:
    facts = ("autres", 1)
    french = drawn(BADGE, facts, {"code": "good", "label": "Oui"})
    with translation.override("en"):
        english = drawn(BADGE, facts, {"code": "good", "label": "Yes"})
    other = drawn(BADGE, ("autres", 2), {"code": "good", "label": "Deux"})
    icon = drawn(ICON, facts, {"name": "plus"})
    assert ["Oui" in french, "Yes" in english, "Deux" in other, "#plus" in icon] == [True] * 4


def test_what_is_drawn_is_escaped_by_its_template_once() -> None:
    assert "&lt;b&gt;" in drawn(BADGE, ("<b>",), {"code": "good", "label": "<b>"})
