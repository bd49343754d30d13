"""Owns the sheet and everything that lives on it."""

from practices.models.collections import Collection, CollectionItem
from practices.models.editing import Decision, Draft, Proposal, Upload
from practices.models.glossary import TaggedSheet, Term
from practices.models.imports import ImportedFile
from practices.models.sheets import Authorship, FacetValue, Invitation, Sheet, SheetQuerySet, Version
from practices.models.trials import Rating, Support, Trial

__all__ = [
    "Authorship",
    "Collection",
    "CollectionItem",
    "Decision",
    "Draft",
    "FacetValue",
    "ImportedFile",
    "Invitation",
    "Proposal",
    "Rating",
    "Sheet",
    "SheetQuerySet",
    "Support",
    "TaggedSheet",
    "Term",
    "Trial",
    "Upload",
    "Version",
]
