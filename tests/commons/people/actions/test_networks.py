"""Networks: opened by administrators, joined, left, kept by a curator."""

import pytest

from commons.errors import Conflict, Invalid, NotAllowed
from commons.people.actions import (
    accept_member,
    add_network,
    change_member_role,
    change_network,
    join_network,
    leave_network,
    remove_member,
)
from commons.people.enums import MemberRole, MemberState
from commons.people.queries import members_of, networks_of, requests_to
from tests.factories.people import NetworkFactory, UserFactory, curator_of

pytestmark = pytest.mark.django_db


def test_add_network_is_for_administrators_at_a_free_address() -> None:
    administrator = UserFactory.create(is_administrator=True)
    network = add_network(by=administrator, slug="cintres", values={"name": "Les Cintres", "about": "*Bois*"})
    assert network.about_html == "<p><em>Bois</em></p>"
    with pytest.raises(Conflict):
        add_network(by=administrator, slug="cintres", values={"name": "Autre"})
    for values in ({"name": " "}, {"name": "A", "colour": "red"}):
        with pytest.raises(Invalid):
            change_network(by=administrator, network=network, values=values)
    with pytest.raises(NotAllowed):
        add_network(by=UserFactory.create(), slug="b", values={"name": "B"})


def test_join_network_at_once_or_on_request() -> None:
    user, free, closed = UserFactory.create(), NetworkFactory.create(is_open=True), NetworkFactory.create()
    assert join_network(by=user, network=free).state == MemberState.ACTIVE
    request = join_network(by=user, network=closed)
    assert join_network(by=user, network=closed) == request
    assert (list(networks_of(user)), list(requests_to(closed)), list(members_of(closed))) == ([free], [request], [])
    leave_network(by=user, network=closed)
    leave_network(by=user, network=closed)
    assert list(requests_to(closed)) == []


def test_a_network_keeps_a_curator() -> None:
    network = NetworkFactory.create()
    curator = curator_of(network)
    membership = network.memberships.get()
    for attempt in (
        lambda: leave_network(by=curator, network=network),
        lambda: remove_member(by=curator, membership=membership),
        lambda: change_member_role(by=curator, membership=membership, role=MemberRole.MEMBER),
    ):
        with pytest.raises(Conflict) as refusal:
            attempt()
        assert refusal.value.code == "last_curator"
    curator_of(network)
    leave_network(by=curator, network=network)
    assert not curator.has_perm("people.change_network", network)


def test_curators_accept_and_give_roles() -> None:
    network, user = NetworkFactory.create(), UserFactory.create()
    curator = curator_of(network)
    request = join_network(by=user, network=network)
    with pytest.raises(NotAllowed):
        accept_member(by=user, membership=request)
    accept_member(by=curator, membership=request)
    with pytest.raises(Invalid):
        change_member_role(by=curator, membership=request, role="king")
    assert change_member_role(by=curator, membership=request, role=MemberRole.CURATOR).role == MemberRole.CURATOR
    remove_member(by=curator, membership=request)
    assert list(members_of(network).values_list("user", flat=True)) == [curator.pk]
