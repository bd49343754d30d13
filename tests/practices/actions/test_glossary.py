"""Tags become terms of the glossary."""

import pytest
from django.core.management import call_command

from commons.errors import Conflict, Invalid, NotAllowed
from practices.actions.glossary import change_term, load_glossary, merge_term, terms_for
from practices.enums import TermState
from practices.models import Term
from tests.factories.people import NetworkFactory, UserFactory, curator_of
from tests.factories.sheets import published_sheet

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


def test_load_glossary_completes_a_proposed_term_and_keeps_what_was_changed(capsys: pytest.CaptureFixture[str]) -> None:
    (proposed,) = terms_for(["Podcast"])
    assert load_glossary() == 60
    proposed.refresh_from_db()
    assert (proposed.state, proposed.name_en != "", Term.objects.count()) == (TermState.APPROVED, True, 60)
    Term.objects.filter(pk=proposed.pk).update(definition_fr="À nous.")
    call_command("load_glossary")
    proposed.refresh_from_db()
    assert (capsys.readouterr().out, proposed.definition_fr) == ("glossary: 0 terms added\n", "À nous.")


def test_change_term_refuses_strangers_empty_and_taken_names() -> None:
    curator = curator_of(NetworkFactory.create())
    radio, podcast = terms_for(["radio", "podcast"])
    with pytest.raises(NotAllowed):
        change_term(by=UserFactory.create(), term=radio, values={"name": "TSF"})
    with pytest.raises(Invalid):
        change_term(by=curator, term=radio, values={"name": "?"})
    with pytest.raises(Conflict):
        change_term(by=curator, term=podcast, values={"name": "Radio"})


def test_merge_term_moves_sheets_and_keeps_the_label_as_a_synonym() -> None:
    curator = curator_of(NetworkFactory.create())
    both, one = published_sheet(tags=["radio", "tsf"]), published_sheet(tags=["tsf"])
    radio, tsf = Term.objects.order_by("key")
    with pytest.raises(Invalid):
        merge_term(by=curator, term=radio, into=radio)
    merged = merge_term(by=curator, term=tsf, into=radio)
    assert (merged.synonyms_fr, list(Term.objects.all())) == (["tsf"], [radio])
    assert [list(sheet.tags.all()) for sheet in (both, one)] == [[radio], [radio]]
