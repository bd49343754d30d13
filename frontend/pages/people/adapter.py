"""Joins allauth to our people."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from commons.people.openid import STATE_LENGTH, leaving_address

NAME_LIMIT = 80


class AccountAdapter(DefaultAccountAdapter):
    """Our people have no user name, and are welcomed once."""

    def populate_username(self, request: Any, user: Any) -> None:
        """Leave the name alone: the address is the identity."""

    def get_signup_redirect_url(self, request: Any) -> str:  # noqa: ARG002 - allauth's signature
        """Send a newcomer to the welcome page."""
        return reverse("welcome")

    def get_logout_redirect_url(self, request: Any) -> str:
        """Leave the house's provider too, when the session came from there."""
        return leaving_address(request.session) or super().get_logout_redirect_url(request)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """People who come through their house's identity provider have the name that it gives."""

    def populate_user(self, request: Any, sociallogin: Any, data: Any) -> Any:
        """Take the public name from the provider; without one, a word that gives nothing of the address away."""
        user = super().populate_user(request, sociallogin, data)
        whole = " ".join(str(data.get(part) or "") for part in ("first_name", "last_name"))
        user.public_name = (str(data.get("name") or "") or whole).strip()[:NAME_LIMIT] or _("Nouveau membre")
        return user

    def generate_state_param(self, state: Any) -> str:  # noqa: ARG002 - allauth's signature
        """Draw a state long enough for ProConnect, which refuses allauth's sixteen characters."""
        return get_random_string(STATE_LENGTH)
