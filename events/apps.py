"""Declares the events app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Workshop series, occurrences, seats, topics, minutes, live room."""

    name = "events"
