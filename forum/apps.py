"""Declares the forum app."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    """Threads, posts, reactions, polls, and the sheets born from them."""

    name = "forum"

    def ready(self) -> None:
        """Add this app's predicates, its receivers, and what it brings to search, notices and moderation."""
        from commons import permissions
        from forum import (
            moderation,
            notices,
            receivers,  # noqa: F401 - importing them registers them
            search,
        )
        from forum.rules import PERMISSIONS, WRITES

        permissions.register(PERMISSIONS, writes=WRITES)
        notices.register()
        search.register()
        moderation.register()
