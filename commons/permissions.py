"""Who may do what: every app's table of predicates, behind the one spelling `user.has_perm(name, obj)`."""

from collections.abc import Callable, Iterable
from typing import Any

import rules

from commons.errors import NotAllowed, NotFound

Predicate = Callable[[Any, Any], bool]


_writes: set[str] = set()


def register(table: dict[str, Predicate], *, writes: Iterable[str] = ()) -> None:
    """Add an app's table; called once, when the app is ready. `writes` are refused to whoever is silenced."""
    for name, predicate in table.items():
        rules.add_perm(name, rules.predicate(predicate))
    _writes.update(writes)


class PermissionBackend:
    """Answers `has_perm` from the tables; an unknown name raises `KeyError` instead of saying no for ever."""

    def authenticate(self, *_args: object, **_credentials: object) -> None:
        """Never sign anybody in: this backend only answers questions."""

    def has_perm(self, user: Any, name: str, obj: object = None) -> bool:
        """Answer from the table, for signed-in and anonymous people alike."""
        if not rules.perm_exists(name):
            raise KeyError(name)
        if name in _writes and getattr(user, "is_silenced", False):
            return False
        return bool(rules.has_perm(name, user, obj))


def require(user: Any, name: str, obj: Any = None, *, see: str = "") -> None:
    """Raise unless the person may: `NotFound` when `see` names a permission they lack too, else `NotAllowed`.

    Somebody silenced or suspended reads that they are, until when, and where the reason stands.
    """
    if user.has_perm(name, obj):
        return
    if see and not user.has_perm(see, obj):
        raise NotFound
    is_barred = getattr(user, "is_suspended", False) or (name in _writes and getattr(user, "is_silenced", False))
    raise NotAllowed(user.barred_words, code="barred") if is_barred else NotAllowed
