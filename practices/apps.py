"""Declares the practices app."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """Sheets, versions, trials, ratings, collections, glossary."""

    name = "practices"

    def ready(self) -> None:
        """Add this app's predicates to the permission table and its receivers to the bus."""
        from commons import permissions
        from practices import receivers  # noqa: F401 - importing them registers them
        from practices.rules import PERMISSIONS

        permissions.register(PERMISSIONS)
