"""Reads saved searches and wanted texts."""

from typing import Any

from django.db.models import QuerySet

from commons.search.models import SavedSearch, WantedText
from commons.search.rules import is_signed_in

OFTEN = 3
"""A text is shown only when it was asked for so often: a rare one might say who asked."""


def saved_searches_of(user: Any) -> QuerySet[SavedSearch]:
    """Return the person's saved searches, newest first."""
    if not is_signed_in(user):
        return SavedSearch.objects.none()
    return SavedSearch.objects.filter(user=user).order_by("-created_at", "-pk")


def wanted_texts() -> QuerySet[WantedText]:
    """Return what several searches asked for in vain, most wanted first."""
    return WantedText.objects.filter(count__gte=OFTEN).order_by("-count", "-last_date", "key")
