"""Declares the practices app."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """Sheets, versions, trials, ratings, collections, glossary."""

    name = "practices"

    def ready(self) -> None:
        """Add this app's predicates, and what it brings to search, notices and moderation."""
        from commons import permissions
        from practices import moderation, notices, search
        from practices.rules import PERMISSIONS, WRITES

        permissions.register(PERMISSIONS, writes=WRITES)
        notices.register()
        search.register()
        moderation.register()
