"""Declares the events app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Workshop series, occurrences, seats, topics, minutes, live room."""

    name = "events"

    def ready(self) -> None:
        """Add this app's predicates, its receivers, what it brings to search and moderation, and keeps of people."""
        from commons import permissions
        from events import (
            moderation,
            personal,
            receivers,  # noqa: F401 - importing them registers them
            search,
        )
        from events.rules import PERMISSIONS, WRITES

        permissions.register(PERMISSIONS, writes=WRITES)
        search.register()
        personal.register()
        moderation.register()
