"""Declares the events app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Workshop series, occurrences, seats, topics, minutes, live room."""

    name = "events"

    def ready(self) -> None:
        """Add this app's predicates, its receivers, what it brings to other apps, and keeps of people."""
        from commons import permissions
        from events import (
            digests,
            moderation,
            notices,
            personal,
            receivers,  # noqa: F401 - importing them registers them
            search,
        )
        from events.rules import PERMISSIONS, WRITES

        permissions.register(PERMISSIONS, writes=WRITES)
        notices.register()
        digests.register()
        search.register()
        personal.register()
        moderation.register()
