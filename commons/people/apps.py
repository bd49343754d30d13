"""Declares the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users, institutions, networks, memberships, API tokens."""

    name = "commons.people"
    label = "people"

    def ready(self) -> None:
        """Add this app's predicates to the permission table."""
        from commons import permissions  # noqa: PLC0415 - apps must be loaded first
        from commons.people.rules import PERMISSIONS  # noqa: PLC0415

        permissions.register(PERMISSIONS)
