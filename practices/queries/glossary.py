"""Reads the glossary."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from commons.people.rules import is_any_curator
from practices.enums import TermState
from practices.models import SheetQuerySet, TaggedSheet, Term
from practices.queries.sheets import sheets_visible_to


def terms_visible_to(user: Any) -> QuerySet[Term]:
    """Return the terms that are approved, and the proposed ones that a published sheet open to the person bears.

    Curators see them all, since they approve them. A hidden sheet's keywords are told to nobody else.
    """
    terms = Term.objects.select_related("broader")
    if is_any_curator(user):
        return terms
    borne = TaggedSheet.objects.filter(content_object__in=sheets_visible_to(user).published().values("pk"))
    return terms.filter(Q(state=TermState.APPROVED) | Exists(borne.filter(tag=OuterRef("pk"))))


def terms_by_name(user: Any) -> QuerySet[Term]:
    """Return the terms by their French name."""
    return terms_visible_to(user).order_by("key")


def uses_of_terms(sheets: SheetQuerySet) -> dict[int, int]:
    """Return how many of these sheets bear each term; it takes as long as there are sheets."""
    borne = TaggedSheet.objects.filter(content_object__in=sheets.values("pk"))
    return dict(borne.values_list("tag").annotate(uses=Count("pk")))
