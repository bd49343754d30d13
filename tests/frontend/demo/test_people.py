"""The demonstration's people sign in with one password, except where strangers could."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate

from commons.people.enums import MemberRole, MemberState
from commons.people.models import Institution, Membership, Network, User
from frontend.demo.people import PASSWORD, load_people, people_of_demo
from tests.factories.people import InstitutionFactory

pytestmark = pytest.mark.django_db
EMAIL = "maud.leferrec@exemple.example"


def test_load_people_gives_each_their_house_and_a_confirmed_address(today: datetime.date) -> None:
    load_people(today, is_public=False)
    maud = people_of_demo()[EMAIL]
    assert maud.institution is not None
    assert (maud.institution.slug, maud.job) == ("theatre-des-trois-ecluses", "Secrétaire générale")
    assert EmailAddress.objects.get(user=maud).verified is True
    assert authenticate(email=EMAIL, password=PASSWORD) == maud


def test_load_people_on_a_public_address_lets_nobody_in(today: datetime.date) -> None:
    load_people(today, is_public=True)
    assert [user.has_usable_password() for user in people_of_demo().values()] == [False] * 24


def test_load_people_fills_the_networks(today: datetime.date) -> None:
    load_people(today, is_public=False)
    roles = Membership.objects.filter(state=MemberState.ACTIVE).exclude(role=MemberRole.MEMBER)
    assert sorted(roles.values_list("network__slug", "user__public_name", "role")) == [
        ("demo", "Hugo Pellestrin", "facilitator"),
        ("demo", "Maud Le Ferrec", "curator"),
        ("lisieres", "Coralie Vantreuil", "curator"),
        ("rayons-et-reserves", "Souleymane Darcourt", "curator"),
    ]
    assert Membership.objects.filter(state=MemberState.REQUESTED).count() == 0
    assert Network.objects.get(slug="lisieres").is_open is False


def test_load_people_leaves_what_is_there_alone(today: datetime.date) -> None:
    InstitutionFactory.create(slug="la-citerne", name="Une autre Citerne")
    assert load_people(today, is_public=False) == 24 + 19 + 3
    assert Institution.objects.get(slug="la-citerne").name == "Une autre Citerne"


def test_load_people_gives_a_person_back_their_networks(today: datetime.date) -> None:
    load_people(today, is_public=False)
    User.objects.get(email=EMAIL).delete()
    assert load_people(today, is_public=False) == 1
    assert Membership.objects.get(user__email=EMAIL).role == MemberRole.CURATOR
