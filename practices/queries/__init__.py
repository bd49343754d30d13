"""Reads of the practices app. Every read path starts from a `*_visible_to`."""

from practices.queries.catalogue import (
    CataloguePage,
    catalogue_counts,
    catalogue_page,
    catalogue_stamp,
    collections_holding,
    sheets_related_to,
    sheets_with_words,
)
from practices.queries.collections import collections_visible_to, items_visible_to
from practices.queries.glossary import terms_by_name, terms_visible_to, uses_of_terms
from practices.queries.likeness import Likeness, houses_like, likeness
from practices.queries.news import newest_found, news_dates
from practices.queries.sheets import (
    facet_counts,
    invitations_visible_to,
    sheets_changed_by,
    sheets_credited_to,
    sheets_filtered,
    sheets_open_beside,
    sheets_open_to,
    sheets_to_decide,
    sheets_visible_to,
    sheets_written_by,
    versions_of,
    versions_visible_to,
)
from practices.queries.trials import AspectMeans, aspect_means, aspect_means_like, trial_tree, trials_visible_to

__all__ = [
    "AspectMeans",
    "CataloguePage",
    "Likeness",
    "aspect_means",
    "aspect_means_like",
    "catalogue_counts",
    "catalogue_page",
    "catalogue_stamp",
    "collections_holding",
    "collections_visible_to",
    "facet_counts",
    "houses_like",
    "invitations_visible_to",
    "items_visible_to",
    "likeness",
    "newest_found",
    "news_dates",
    "sheets_changed_by",
    "sheets_credited_to",
    "sheets_filtered",
    "sheets_open_beside",
    "sheets_open_to",
    "sheets_related_to",
    "sheets_to_decide",
    "sheets_visible_to",
    "sheets_with_words",
    "sheets_written_by",
    "terms_by_name",
    "terms_visible_to",
    "trial_tree",
    "trials_visible_to",
    "uses_of_terms",
    "versions_of",
    "versions_visible_to",
]
