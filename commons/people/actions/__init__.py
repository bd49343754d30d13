"""Writes of the people app: one function for each thing that can be done."""

from commons.people.actions.institutions import add_institution, change_institution
from commons.people.actions.networks import (
    accept_member,
    add_network,
    change_member_role,
    change_network,
    join_network,
    leave_network,
    remove_member,
)
from commons.people.actions.people import change_profile, renew_calendar
from commons.people.actions.tokens import create_token, revoke_token

__all__ = [
    "accept_member",
    "add_institution",
    "add_network",
    "change_institution",
    "change_member_role",
    "change_network",
    "change_profile",
    "create_token",
    "join_network",
    "leave_network",
    "remove_member",
    "renew_calendar",
    "revoke_token",
]
