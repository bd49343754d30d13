"""Which facets the catalogue has, and that a house's facts are among a sheet's codes."""

import pytest

from practices.fields.facets import facet_codes, facets
from practices.models import FacetValue
from tests.factories.people import InstitutionFactory, UserFactory
from tests.factories.sheets import published_sheet


def test_facets_are_the_fields_then_the_house() -> None:
    codes = facet_codes()
    assert codes[:3] == ["kind", "language", "domain"]
    assert codes[-2:] == ["house_type", "team_size"]
    assert all(facet.vocabulary for facet in facets())


@pytest.mark.django_db
def test_a_published_sheet_bears_the_facts_of_its_house() -> None:
    house = InstitutionFactory.create(type="museum", team_size="t1")
    sheet = published_sheet(UserFactory.create(institution=house))
    rows = FacetValue.objects.filter(sheet=sheet, field__in=["house_type", "team_size"]).order_by("field")
    assert list(rows.values_list("field", "code")) == [("house_type", "museum"), ("team_size", "t1")]
