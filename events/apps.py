"""Declares the events app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Workshop series, occurrences, seats, topics, minutes, live room."""

    name = "events"

    def ready(self) -> None:
        """Add this app's predicates, its receivers, and what it brings to the search and to moderation."""
        from commons import permissions
        from events import (
            moderation,
            receivers,  # noqa: F401 - importing them registers them
            search,
        )
        from events.rules import PERMISSIONS, WRITES

        permissions.register(PERMISSIONS, writes=WRITES)
        search.register()
        moderation.register()
