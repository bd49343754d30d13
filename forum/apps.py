"""Declares the forum app."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    """Threads, posts, reactions, polls, and the sheets born from them."""

    name = "forum"

    def ready(self) -> None:
        """Add this app's predicates, its receivers, what it brings to other apps, and keeps of people."""
        from commons import permissions
        from commons.notices.kinds import Keeping, add_keeping
        from forum import (
            digests,
            moderation,
            notices,
            personal,
            receivers,  # noqa: F401 - importing them registers them
            search,
        )
        from forum.actions import stand_towards_thread
        from forum.queries import people_muting_thread, stance_on_thread, threads_muted_by
        from forum.rules import PERMISSIONS, WRITES

        permissions.register(PERMISSIONS, writes=WRITES)
        notices.register()
        add_keeping("thread", Keeping(stand_towards_thread, stance_on_thread, threads_muted_by, people_muting_thread))
        digests.register()
        search.register()
        personal.register()
        moderation.register()
