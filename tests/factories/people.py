"""Makes people, houses and networks."""

from typing import Any

import factory
from django.contrib.auth.hashers import make_password

from commons.people.enums import MemberRole, MemberState
from commons.people.models import Institution, Membership, Network, User

PASSWORD = "un mot de passe pour les essais"


class InstitutionFactory(factory.django.DjangoModelFactory[Institution]):
    """A small theatre, unless told otherwise."""

    class Meta:
        model = Institution

    slug = factory.Sequence(lambda n: f"maison-{n}")
    name = factory.Sequence(lambda n: f"Théâtre du Pont {n}")
    type = "theatre"
    disciplines = factory.LazyFunction(lambda: ["theatre"])
    team_size = "t2"
    budget = "i2"
    territory = "rural"
    place = "Saint-Amand"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A member of no network, with a house of their own."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"personne-{n}@maison.example")
    public_name = factory.Sequence(lambda n: f"Personne {n}")
    institution = factory.SubFactory(InstitutionFactory)
    password = factory.LazyFunction(lambda: make_password(PASSWORD))


class NetworkFactory(factory.django.DjangoModelFactory[Network]):
    """A closed network."""

    class Meta:
        model = Network

    slug = factory.Sequence(lambda n: f"reseau-{n}")
    name = factory.Sequence(lambda n: f"Réseau {n}")


def join(user: User, network: Network, role: str = MemberRole.MEMBER) -> Membership:
    """Make the person an active member."""
    user.__dict__.pop("_member_roles", None)
    return Membership.objects.create(user=user, network=network, role=role, state=MemberState.ACTIVE)


def curator_of(network: Network, **facts: Any) -> User:
    """Return a new curator of the network."""
    user = UserFactory.create(**facts)
    join(user, network, MemberRole.CURATOR)
    return user
