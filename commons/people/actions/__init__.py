"""Writes of the people app: one function for each thing that can be done."""

from commons.people.actions.erasure import ask_erasure, cancel_erasure, erase_due, erase_person
from commons.people.actions.exports import ask_export, build_export, forget_exports
from commons.people.actions.inactivity import erase_inactive, warn_inactive
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
from commons.people.actions.proofs import send_code
from commons.people.actions.sessions import forget_sessions
from commons.people.actions.tokens import create_token, revoke_token

__all__ = [
    "accept_member",
    "add_institution",
    "add_network",
    "ask_erasure",
    "ask_export",
    "build_export",
    "cancel_erasure",
    "change_institution",
    "change_member_role",
    "change_network",
    "change_profile",
    "create_token",
    "erase_due",
    "erase_inactive",
    "erase_person",
    "forget_exports",
    "forget_sessions",
    "join_network",
    "leave_network",
    "remove_member",
    "renew_calendar",
    "revoke_token",
    "send_code",
    "warn_inactive",
]
