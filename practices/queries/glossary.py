"""Reads the glossary."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from practices.models import Term
from practices.queries.sheets import sheets_visible_to


def terms_by_name(user: Any) -> QuerySet[Term]:
    """Return the terms by their French name, each with the number of published sheets the person may see (`uses`)."""
    seen = Q(tagged_sheets__content_object__in=sheets_visible_to(user).published().values("pk"))
    return Term.objects.annotate(uses=Count("tagged_sheets", filter=seen)).order_by("key")
