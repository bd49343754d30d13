"""Declares the search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One index, two engines, an outbox; it knows no other app."""

    name = "commons.search"
    label = "search"

    def ready(self) -> None:
        """Add this app's predicates to the permission table, and let the outbox wake the worker."""
        from commons import permissions
        from commons.jobs import Waker
        from commons.search import jobs, outbox
        from commons.search.rules import PERMISSIONS

        permissions.register(PERMISSIONS)
        outbox.wake_with(Waker(jobs.drain_outbox))
