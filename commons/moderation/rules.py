"""Who may do what in moderation: one predicate each, one table."""

from typing import Any

from commons.people.rules import is_administrator, is_any_curator, is_moderator, is_network_curator, is_signed_in
from commons.permissions import Predicate


def handles_report(user: Any, report: Any) -> bool:
    """Hold for moderators, and for the curators of the network it came from; never for whom it is about."""
    if not is_signed_in(user) or report.about_id == user.pk:
        return False
    return is_moderator(user) or (report.network_id is not None and is_network_curator(user, report.network))


def can_sanction(user: Any, person: Any) -> bool:
    """Hold for moderators; a moderator is an administrator's matter, an administrator and oneself nobody's."""
    if not is_moderator(user) or user.pk == person.pk or person.is_administrator:
        return False
    return not person.is_moderator or is_administrator(user)


PERMISSIONS: dict[str, Predicate] = {
    "moderation.add_report": is_signed_in,
    "moderation.view_reports": is_any_curator,
    "moderation.handle_report": handles_report,
    "moderation.view_sanctions": is_moderator,
    "moderation.sanction_person": can_sanction,
    "moderation.view_audit": is_any_curator,
}
