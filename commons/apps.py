"""Declares the project itself as an app, for its commands."""

from django.apps import AppConfig


class CommonsConfig(AppConfig):
    """The shared ground."""

    name = "commons"
