"""Declares the vocabularies app."""

from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    """Codes, labels and definitions that forms, facets and exports share."""

    name = "commons.vocabularies"
    label = "vocabularies"
