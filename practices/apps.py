"""Declares the practices app."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """Sheets, versions, trials, ratings, collections, glossary."""

    name = "practices"

    def ready(self) -> None:
        """Add this app's predicates, its receivers, and what it brings to the search and to moderation."""
        from commons import permissions
        from practices import (
            moderation,
            receivers,  # noqa: F401 - importing them registers them
            search,
        )
        from practices.rules import PERMISSIONS, WRITES

        permissions.register(PERMISSIONS, writes=WRITES)
        search.register()
        moderation.register()
