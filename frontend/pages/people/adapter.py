"""Joins allauth to our people."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """Our people have no user name, and are welcomed once."""

    def populate_username(self, request: Any, user: Any) -> None:
        """Leave the name alone: the address is the identity."""

    def get_signup_redirect_url(self, request: Any) -> str:  # noqa: ARG002 - allauth's signature
        """Send a newcomer to the welcome page."""
        return reverse("welcome")
