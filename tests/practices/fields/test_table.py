"""The field table agrees with itself and with the vocabularies."""

from commons.vocabularies.actions import DATA
from practices.enums import Genre
from practices.fields.table import FIELDS, STEPS, facet_fields, field_of, fields_for, trial_fields
from practices.fields.types import vocabularies_in


def test_every_code_is_declared_once() -> None:
    codes = [field.code for field in FIELDS]
    assert len(codes) == len(set(codes))
    assert [field_of(code).code for code in codes] == codes


def test_every_field_belongs_to_a_step_of_the_form() -> None:
    assert {field.step for field in FIELDS} == set(STEPS)


def test_every_vocabulary_is_shipped() -> None:
    shipped = {path.stem for path in DATA.glob("*.yaml")}
    assert {v for field in FIELDS for v in vocabularies_in(field.type)} - shipped == set()


def test_facets_have_codes() -> None:
    assert [f.code for f in facet_fields() if f.code != "language" and not list(vocabularies_in(f.type))] == []


def test_guide_body_may_be_longer() -> None:
    what = field_of("what")
    assert (what.type_for(Genre.PRACTICE).limit, what.type_for(Genre.GUIDE).limit) == (3_000, 40_000)


def test_needs_have_no_results() -> None:
    assert "results" not in [field.code for field in fields_for(Genre.NEED)]


def test_trials_reuse_the_outcome_fields() -> None:
    assert {"outcome", "results", "obstacles", "cost_setup"} <= {field.code for field in trial_fields()}
