"""Writes networks and their memberships."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.people.enums import MemberRole, MemberState
from commons.people.models import Membership, Network, User
from commons.people.signals import MembershipChanged, NetworkChanged
from commons.permissions import require
from commons.pictures import set_picture
from commons.text.markdown import render

LOGO_SIDE = 400
PRESENTATION = ("name", "summary", "about", "website", "is_open", "logo")


@transaction.atomic
def add_network(*, by: User, slug: str, values: Mapping[str, Any]) -> Network:
    """Open a network; `name` is needed. Administrators only."""
    require(by, "people.add_network")
    if Network.objects.filter(slug=slug).exists():
        raise Conflict(_("Un réseau porte déjà cette adresse."), code="taken")
    return _write(Network(slug=slug), values)


@transaction.atomic
def change_network(*, by: User, network: Network, values: Mapping[str, Any]) -> Network:
    """Change how a network presents itself and whether joining is free."""
    require(by, "people.change_network", network)
    return _write(network, values)


def _write(network: Network, values: Mapping[str, Any]) -> Network:
    if unknown := [name for name in values if name not in PRESENTATION]:
        raise Invalid({name: [_("Ce champ est inconnu.")] for name in unknown})
    for name, value in values.items():
        if name == "logo":
            set_picture(network.logo, value, longest=LOGO_SIDE)
        else:
            setattr(network, name, value)
    if not network.name.strip():
        raise Invalid({"name": [_("À remplir.")]})
    network.about_html = render(network.about, prefix=f"r-{network.slug}")
    network.save()
    publish(NetworkChanged(network.pk))
    return network


@transaction.atomic
def join_network(*, by: User, network: Network) -> Membership:
    """Join an open network at once, or ask a closed one; asking again changes nothing."""
    require(by, "people.join_network", network)
    state = MemberState.ACTIVE if network.is_open else MemberState.REQUESTED
    membership, _created = Membership.objects.get_or_create(user=by, network=network, defaults={"state": state})
    _tell(membership, by)
    return membership


@transaction.atomic
def leave_network(*, by: User, network: Network) -> None:
    """Leave a network, or take a request back. Its last curator stays."""
    require(by, "people.join_network", network)
    membership = Membership.objects.filter(user=by, network=network).first()
    if membership is not None:
        _refuse_last_curator(membership)
        membership.delete()
        _tell(membership, by)


@transaction.atomic
def accept_member(*, by: User, membership: Membership) -> Membership:
    """Let in somebody who asked."""
    require(by, "people.change_membership", membership.network)
    membership.state = MemberState.ACTIVE
    membership.save(update_fields=["state"])
    _tell(membership, by)
    return membership


@transaction.atomic
def remove_member(*, by: User, membership: Membership) -> None:
    """Take somebody out of the network, or decline a request. Its last curator stays."""
    require(by, "people.change_membership", membership.network)
    _refuse_last_curator(membership)
    membership.delete()
    _tell(membership, by)


@transaction.atomic
def change_member_role(*, by: User, membership: Membership, role: str) -> Membership:
    """Make a member a curator or a facilitator, or a member again. A network keeps one curator."""
    require(by, "people.change_membership", membership.network)
    if role not in MemberRole.values:
        raise Invalid({"role": [_("Choisissez dans la liste.")]})
    if role != MemberRole.CURATOR:
        _refuse_last_curator(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    _tell(membership, by)
    return membership


def _refuse_last_curator(membership: Membership) -> None:
    if membership.role != MemberRole.CURATOR:
        return
    curators = Membership.objects.select_for_update(of=("self",)).filter(
        network=membership.network, role=MemberRole.CURATOR, state=MemberState.ACTIVE
    )
    if [m.user_id for m in curators] == [membership.user_id]:
        raise Conflict(_("Un réseau garde au moins une personne pour le curater."), code="last_curator")


def _tell(membership: Membership, *present: User) -> None:
    for user in present:
        user.__dict__.pop("_member_roles", None)
    publish(MembershipChanged(membership.user_id, membership.network_id))
