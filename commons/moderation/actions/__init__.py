"""Writes of moderation: one function for each thing that can be done."""

from commons.moderation.actions.audit import note_deed
from commons.moderation.actions.reports import add_note, add_report, close_report, take_report
from commons.moderation.actions.sanctions import impose_sanction, lift_sanction

__all__ = [
    "add_note",
    "add_report",
    "close_report",
    "impose_sanction",
    "lift_sanction",
    "note_deed",
    "take_report",
]
