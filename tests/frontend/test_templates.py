"""The style guide shows every component, with whole data and with none that is optional."""

import json
import re
from pathlib import Path

from django import forms
from django.template.loader import get_template, render_to_string

import frontend

HERE = Path(frontend.__file__).parent


class _Example(forms.Form):
    title = forms.CharField(label="Titre", max_length=100, help_text="Ce que la maison fait.")
    summary = forms.CharField(label="En une phrase", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Genre", choices=[("practice", "Pratique")], widget=forms.RadioSelect)
    is_open = forms.BooleanField(label="J’accepte les questions", help_text="Par message.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def _guide() -> str:
    data = json.loads((HERE / "data/styleguide.json").read_text())
    return get_template("styleguide.html").render({**data, "form": _Example({"summary": "Un téléphone"})})


def test_every_component_of_the_guide_renders() -> None:
    page = _guide()
    assert page.count('<article class="row"') == 5
    assert page.count('<figure class="embed"') == 1
    assert page.count("<h1") == 1


def test_a_page_has_each_id_once() -> None:
    ids = re.findall(r'\sid="([^"]+)"', _guide())
    assert sorted(ids) == sorted(set(ids))


def test_a_field_is_joined_to_its_help_and_its_errors() -> None:
    page = render_to_string("components/field.html", {"field": _Example({})["title"]})
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'id="id_title_helptext"' in page
    assert 'id="id_title_error"' in page


def test_a_row_needs_only_an_address_and_a_title() -> None:
    page = render_to_string("components/sheet_row.html", {"sheet": {"url": "/fiches/x/", "title": "<b>Titre</b>"}})
    assert '<a href="/fiches/x/">&lt;b&gt;Titre&lt;/b&gt;</a>' in page


def test_only_a_person_signed_in_gives_htmx_a_token() -> None:
    assert "X-CSRFToken" not in _guide()
