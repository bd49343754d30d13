"""Who may do what with saved searches and wanted sheets."""

from typing import Any

from commons.permissions import Predicate


def is_signed_in(user: Any, _obj: object = None) -> bool:
    """Hold for every active account."""
    return bool(user.is_authenticated and user.is_active)


def is_own(user: Any, saved: Any) -> bool:
    """Hold for one's own saved search."""
    return is_signed_in(user) and saved.user_id == user.pk


def is_moderator(user: Any, _obj: object = None) -> bool:
    """Hold for those who keep the public pages decent."""
    return is_signed_in(user) and (user.is_moderator or user.is_administrator)


PERMISSIONS: dict[str, Predicate] = {
    "search.save_search": is_signed_in,
    "search.change_saved_search": is_own,
    "search.remove_wanted_text": is_moderator,
}
