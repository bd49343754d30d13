"""Declares the practices app."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """Sheets, versions, trials, ratings, collections, glossary."""

    name = "practices"

    def ready(self) -> None:
        """Add this app's predicates to the permission table and its receivers to the bus."""
        from commons import permissions  # noqa: PLC0415 - apps must be loaded first
        from practices.rules import PERMISSIONS  # noqa: PLC0415

        permissions.register(PERMISSIONS)
