"""Who may do what with people, houses and networks: one predicate each, one table."""

from typing import Any

from commons.people.enums import MemberRole, MemberState
from commons.permissions import Predicate


def is_signed_in(user: Any, _obj: object = None) -> bool:
    """Hold for every active account; one that is suspended is a visitor."""
    return bool(user.is_authenticated and user.is_active and not user.is_suspended)


def is_administrator(user: Any, _obj: object = None) -> bool:
    """Hold for administrators."""
    return is_signed_in(user) and user.is_administrator


def is_moderator(user: Any, _obj: object = None) -> bool:
    """Hold for moderators, and for administrators."""
    return is_signed_in(user) and (user.is_moderator or user.is_administrator)


def member_roles(user: Any) -> dict[int, str]:
    """Return the person's role by network id, active memberships only; read once per user object."""
    if not is_signed_in(user):
        return {}
    if not hasattr(user, "_member_roles"):
        active = user.memberships.filter(state=MemberState.ACTIVE)
        user._member_roles = dict(active.values_list("network_id", "role"))  # noqa: SLF001 - our own memo
    roles: dict[int, str] = user._member_roles  # noqa: SLF001
    return roles


def is_network_member(user: Any, network: Any) -> bool:
    """Hold for the network's active members, whatever their role."""
    return network is not None and network.pk in member_roles(user)


def is_network_curator(user: Any, network: Any) -> bool:
    """Hold for the network's curators, and for administrators."""
    if is_administrator(user):
        return True
    return network is not None and member_roles(user).get(network.pk) == MemberRole.CURATOR


def is_any_curator(user: Any, _obj: object = None) -> bool:
    """Hold for curators of any network, for moderators and for administrators."""
    return is_moderator(user) or MemberRole.CURATOR in member_roles(user).values()


def is_self(user: Any, person: Any) -> bool:
    """Hold for one's own account."""
    return is_signed_in(user) and user.pk == person.pk


def works_in(user: Any, institution: Any) -> bool:
    """Hold for the people of a house, for moderators and for administrators."""
    return is_moderator(user) or (is_signed_in(user) and user.institution_id == institution.pk)


def is_token_owner(user: Any, token: Any) -> bool:
    """Hold for the person the token speaks for."""
    return is_signed_in(user) and token.user_id == user.pk


PERMISSIONS: dict[str, Predicate] = {
    "people.change_person": is_self,
    "people.add_institution": is_signed_in,
    "people.change_institution": works_in,
    "people.add_network": is_administrator,
    "people.change_network": is_network_curator,
    "people.join_network": is_signed_in,
    "people.view_members": is_network_member,
    "people.change_membership": is_network_curator,
    "people.add_token": is_signed_in,
    "people.revoke_token": is_token_owner,
    "people.change_vocabulary": is_any_curator,
}
WRITES = frozenset({"people.add_institution", "people.change_institution", "people.change_vocabulary"})
"""What others read: refused to whoever is silenced."""
