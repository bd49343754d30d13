"""Joins allauth to our people."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Our people have no user name."""

    def populate_username(self, request: Any, user: Any) -> None:
        """Leave the name alone: the address is the identity."""
