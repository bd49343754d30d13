"""Declares the notices app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices, deliveries, digests, choices; it knows no app that tells."""

    name = "commons.notices"
    label = "notices"

    def ready(self) -> None:
        """Add this app's predicates, what it names and keeps of people, and let the outbox wake the worker."""
        from commons import permissions
        from commons.jobs import Waker
        from commons.notices import jobs, notices, outbox, personal
        from commons.notices.rules import PERMISSIONS

        permissions.register(PERMISSIONS)
        notices.register()
        personal.register()
        outbox.wake_with(Waker(jobs.tell))
