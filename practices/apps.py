"""Declares the practices app."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """Sheets, versions, trials, ratings, collections, glossary."""

    name = "practices"

    def ready(self) -> None:
        """Add this app's predicates, its receivers, and what it brings to the search and keeps of people."""
        from commons import permissions
        from practices import (
            personal,
            receivers,  # noqa: F401 - importing them registers them
            search,
        )
        from practices.rules import PERMISSIONS

        permissions.register(PERMISSIONS)
        search.register()
        personal.register()
