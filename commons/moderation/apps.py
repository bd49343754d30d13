"""Declares the moderation app."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Reports on anything that an app brings, sanctions, the audit trail."""

    name = "commons.moderation"
    label = "moderation"

    def ready(self) -> None:
        """Add this app's predicates, receivers and notices, let people be reported, say what is kept of them."""
        from commons import permissions
        from commons.moderation import (
            notices,
            personal,
            profiles,
            receivers,  # noqa: F401 - importing them registers them
        )
        from commons.moderation.rules import PERMISSIONS

        permissions.register(PERMISSIONS)
        profiles.register()
        notices.register()
        personal.register()
