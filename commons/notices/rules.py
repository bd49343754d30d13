"""Who may do what with notices: one predicate each, one table."""

from typing import Any

from commons.people.rules import is_signed_in
from commons.permissions import Predicate


def is_own(user: Any, notice: Any) -> bool:
    """Hold for one's own notice."""
    return is_signed_in(user) and notice.user_id == user.pk


PERMISSIONS: dict[str, Predicate] = {
    "notices.view_notice": is_own,
    "notices.read_notices": is_signed_in,
    "notices.choose": is_signed_in,
}
