"""Reads of the practices app. Every read path starts from a `*_visible_to`."""

from practices.queries.collections import collections_visible_to, items_visible_to
from practices.queries.likeness import Likeness, houses_like, likeness
from practices.queries.sheets import (
    facet_counts,
    sheets_filtered,
    sheets_to_decide,
    sheets_visible_to,
    sheets_written_by,
    versions_of,
)
from practices.queries.trials import AspectMeans, aspect_means, aspect_means_like, trial_tree, trials_visible_to

__all__ = [
    "AspectMeans",
    "Likeness",
    "aspect_means",
    "aspect_means_like",
    "collections_visible_to",
    "facet_counts",
    "houses_like",
    "items_visible_to",
    "likeness",
    "sheets_filtered",
    "sheets_to_decide",
    "sheets_visible_to",
    "sheets_written_by",
    "trial_tree",
    "trials_visible_to",
    "versions_of",
]
