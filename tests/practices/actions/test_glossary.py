"""Tags become terms of the glossary."""

import pytest

from practices.actions.glossary import terms_for
from practices.enums import TermState
from practices.models import Term

pytestmark = pytest.mark.django_db


def test_terms_for_joins_spellings_and_languages() -> None:
    opera = Term.objects.create(
        key="opera", slug="opera", name="Opéra", name_en="Opera house", state=TermState.APPROVED
    )
    assert terms_for(["OPÉRA", "opera", "Opera House"]) == [opera, opera, opera]


def test_terms_for_proposes_unknown_terms_at_free_addresses() -> None:
    terms = terms_for(["Carte sonore", "Музей", "Театр"])
    assert [(term.name, term.slug, term.state) for term in terms] == [
        ("Carte sonore", "carte-sonore", TermState.PROPOSED),
        ("Музей", "terme", TermState.PROPOSED),
        ("Театр", "terme-2", TermState.PROPOSED),
    ]
