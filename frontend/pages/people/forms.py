"""Forms of people's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SignupForm(forms.Form):
    """What sign-up asks besides an address and a password."""

    public_name = forms.CharField(
        label=_("Nom public"), max_length=80, help_text=_("Celui que les autres verront, par exemple « Camille D. »")
    )

    def signup(self, request: Any, user: Any) -> None:  # noqa: ARG002 - allauth's signature
        """Keep what was asked on the new account."""
        user.public_name = self.cleaned_data["public_name"]
        user.save(update_fields=["public_name"])
