"""Writes of the practices app: one function for each thing that can be done."""

from practices.actions.authors import (
    accept_invitation,
    decline_invitation,
    invite_author,
    remove_author,
    withdraw_invitation,
)
from practices.actions.editorial import confirm_sheet, decide_sheet, mark_due_reviews, submit_sheet
from practices.actions.imports import ImportResult, IncomingSheet, import_sheet
from practices.actions.proposals import decide_proposal, propose_change
from practices.actions.ratings import rate_sheet, support_sheet, withdraw_rating, withdraw_support
from practices.actions.sheets import create_sheet, save_sheet
from practices.actions.trials import add_trial, change_trial
from practices.actions.versions import publish_version, revert_sheet

__all__ = [
    "ImportResult",
    "IncomingSheet",
    "accept_invitation",
    "add_trial",
    "change_trial",
    "confirm_sheet",
    "create_sheet",
    "decide_proposal",
    "decide_sheet",
    "decline_invitation",
    "import_sheet",
    "invite_author",
    "mark_due_reviews",
    "propose_change",
    "publish_version",
    "rate_sheet",
    "remove_author",
    "revert_sheet",
    "save_sheet",
    "submit_sheet",
    "support_sheet",
    "withdraw_invitation",
    "withdraw_rating",
    "withdraw_support",
]
