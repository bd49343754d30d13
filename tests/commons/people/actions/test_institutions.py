"""Houses are added and changed with codes that exist."""

import pytest

from commons.errors import Invalid
from commons.people.actions import add_institution
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"name": "A"}, "type"),
        ({"name": " ", "type": "theatre"}, "name"),
        ({"name": "A", "type": "bateau"}, "type"),
        ({"name": "A", "type": "theatre", "labels": ["roi"]}, "labels"),
        ({"name": "A", "type": "theatre", "colour": "red"}, "colour"),
    ],
)
def test_add_institution_refuses(values: dict[str, object], path: str) -> None:
    with pytest.raises(Invalid) as refusal:
        add_institution(by=UserFactory.create(), values=values)
    assert list(refusal.value.fields) == [path]


def test_add_institution_takes_a_type_of_its_own_words() -> None:
    house = add_institution(by=UserFactory.create(), values={"name": "Péniche", "type": "other:péniche-théâtre"})
    assert (house.slug, house.type) == ("peniche", "other:péniche-théâtre")
