"""Declares the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users, institutions, networks, memberships, API tokens."""

    name = "commons.people"
    label = "people"

    def ready(self) -> None:
        """Add this app's predicates, its receivers, what it brings to the search, and what it keeps of people."""
        from commons import permissions
        from commons.people import (
            personal,
            receivers,  # noqa: F401 - importing them registers them
            search,
        )
        from commons.people.rules import PERMISSIONS, WRITES

        permissions.register(PERMISSIONS, writes=WRITES)
        search.register()
        personal.register()
