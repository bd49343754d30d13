"""Declares the frontend app."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from frontend.kept_pages import watch


class FrontendConfig(AppConfig):
    """Pages, templates, static files."""

    name = "frontend"

    def ready(self) -> None:
        """See what is written, by any process, so that no page outlives what it shows."""
        connection_created.connect(watch)
