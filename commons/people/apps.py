"""Declares the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users, institutions, networks, memberships, API tokens."""

    name = "commons.people"
    label = "people"

    def ready(self) -> None:
        """Add this app's predicates to the permission table, and what it brings to the search."""
        from commons import permissions
        from commons.people import receivers, search
        from commons.people.rules import PERMISSIONS, WRITES

        permissions.register(PERMISSIONS, writes=WRITES)
        search.register()
        receivers.listen()
