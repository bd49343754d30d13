"""Declares the project itself as an app, for its commands."""

from django.apps import AppConfig
from django.core.checks import register


class CommonsConfig(AppConfig):
    """The shared ground."""

    name = "commons"

    def ready(self) -> None:
        """Let Django's checks refuse unsafe settings."""
        from commons.safety import check_dangers

        register(check_dangers)
