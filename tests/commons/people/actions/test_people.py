"""What a person says of themselves."""

import pytest

from commons.errors import Invalid, NotAllowed
from commons.people.actions import change_profile
from commons.people.models import ApiToken, Membership, User
from tests.factories.people import InstitutionFactory, NetworkFactory, UserFactory, join

pytestmark = pytest.mark.django_db


def test_change_profile_is_ones_own_and_keeps_a_name() -> None:
    person = UserFactory.create()
    assert change_profile(by=person, person=person, values={"job": " Son "}).job == "Son"
    with pytest.raises(NotAllowed):
        change_profile(by=UserFactory.create(), person=person, values={"job": "x"})
    for values in ({"public_name": " "}, {"email": "autre@maison.example"}):
        with pytest.raises(Invalid):
            change_profile(by=person, person=person, values=values)


def test_people_are_found_whatever_the_case_of_their_address() -> None:
    person = User.objects.create_user("Camille@Pont.Example", public_name="Camille")
    assert (person.email, person.has_usable_password()) == ("camille@pont.example", False)
    assert User.objects.get_by_natural_key("CAMILLE@pont.example") == person
    assert User.objects.create_superuser("chef@pont.example", "x", public_name="Chef").is_administrator


def test_names_are_what_people_read() -> None:
    user, house = UserFactory.create(public_name="Camille"), InstitutionFactory.create(name="Le Pont")
    membership = join(user, NetworkFactory.create(name="Les Cintres"))
    assert [str(thing) for thing in (user, house, membership, ApiToken(name="script"))] == [
        "Camille", "Le Pont", "Camille – Les Cintres", "script",
    ]  # fmt: skip
    assert isinstance(membership, Membership)
