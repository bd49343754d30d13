"""Owns the small words that every kind of notice needs: who, and how much of a text."""

from typing import Any

from django.utils.translation import gettext as _

TEXT_LIMIT = 1500


def name_of_writer(person: Any) -> str:
    """Return a person's public name; of one who has left, only that there was somebody."""
    return person.public_name if person is not None else _("Une personne")


def shortened(text: str) -> str:
    """Return a text as a mail quotes it: whole, or its beginning."""
    return text if len(text) <= TEXT_LIMIT else f"{text[:TEXT_LIMIT].rstrip()}…"
