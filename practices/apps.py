"""Declares the practices app."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """Sheets, versions, trials, ratings, collections, glossary."""

    name = "practices"

    def ready(self) -> None:
        """Add this app's predicates, its receivers, what it brings to other apps, and keeps of people."""
        from commons import permissions
        from practices import (
            alerts,
            digests,
            moderation,
            notices,
            personal,
            receivers,  # noqa: F401 - importing them registers them
            search,
        )
        from practices.rules import PERMISSIONS, WRITES

        permissions.register(PERMISSIONS, writes=WRITES)
        notices.register()
        alerts.register()
        digests.register()
        search.register()
        personal.register()
        moderation.register()
