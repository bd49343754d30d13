"""Declares the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users, institutions, networks, memberships, API tokens."""

    name = "commons.people"
    label = "people"

    def ready(self) -> None:
        """Add this app's predicates to the permission table."""
        from commons import permissions
        from commons.people.rules import PERMISSIONS

        permissions.register(PERMISSIONS)
