"""Declares the forum app."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    """Threads, posts, reactions, polls, and the sheets born from them."""

    name = "forum"

    def ready(self) -> None:
        """Add this app's predicates, its receivers, what it tells people, and what it brings to the search."""
        from commons import permissions
        from forum import (
            notices,
            receivers,  # noqa: F401 - importing them registers them
            search,
        )
        from forum.rules import PERMISSIONS

        permissions.register(PERMISSIONS)
        notices.register()
        search.register()
