"""Declares the forum app."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    """Threads, posts, reactions, polls, and the sheets born from them."""

    name = "forum"

    def ready(self) -> None:
        """Add this app's predicates, its receivers, what it brings to other apps, and keeps of people."""
        from commons import permissions
        from forum import (
            digests,
            moderation,
            notices,
            personal,
            receivers,  # noqa: F401 - importing them registers them
            search,
        )
        from forum.rules import PERMISSIONS, WRITES

        permissions.register(PERMISSIONS, writes=WRITES)
        notices.register()
        digests.register()
        search.register()
        personal.register()
        moderation.register()
