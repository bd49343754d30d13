"""Declares the practices app."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """Sheets, versions, trials, ratings, collections, glossary."""

    name = "practices"

    def ready(self) -> None:
        """Add this app's predicates, what it tells people, and what it brings to the search."""
        from commons import permissions
        from practices import notices, search
        from practices.rules import PERMISSIONS

        permissions.register(PERMISSIONS)
        notices.register()
        search.register()
