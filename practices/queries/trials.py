"""Reads trials and ratings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet, Sum

from commons.people.rules import is_signed_in, member_roles
from practices.enums import ASPECTS, Confidentiality
from practices.models import Rating, Sheet, Trial
from practices.queries.sheets import open_to, sheets_changed_by, sheets_visible_to

PRIOR_WEIGHT = 5
NEUTRAL = 3.0


@dataclass(frozen=True)
class AspectMeans:
    """The shrunk mean of each aspect, from 1 to 5, and how many people rated."""

    count: int
    useful: float
    clear: float
    transferable: float


def trials_visible_to(user: Any) -> QuerySet[Trial]:
    """Return the trials the person may read: `practices.view_trial` as one query."""
    trials = Trial.objects.filter(sheet__in=sheets_visible_to(user).values("pk"))
    if not is_signed_in(user):
        return trials.filter(confidentiality=Confidentiality.PUBLIC)
    edited = Q(sheet__in=sheets_changed_by(user).values("pk"))
    return trials.filter(open_to(member_roles(user)) | Q(by=user) | edited)


def trial_tree(trials: QuerySet[Trial]) -> list[tuple[int, Trial]]:
    """Return the trials of one sheet as (depth, trial), each after what it adapts, oldest first among equals."""
    children: dict[int | None, list[Trial]] = {}
    rows = list(trials.select_related("by", "institution").order_by("created_at", "pk"))
    known = {trial.pk for trial in rows}
    for trial in rows:
        children.setdefault(trial.parent_id if trial.parent_id in known else None, []).append(trial)
    tree: list[tuple[int, Trial]] = []
    stack = [(0, trial) for trial in reversed(children.get(None, []))]
    while stack:
        depth, trial = stack.pop()
        tree.append((depth, trial))
        stack.extend((depth + 1, child) for child in reversed(children.get(trial.pk, [])))
    return tree


def prior_means() -> dict[str, float]:
    """Return the mean mark of each aspect over all ratings; neutral when there is none."""
    means = Rating.objects.aggregate(**{aspect: Avg(aspect) for aspect in ASPECTS})
    return {aspect: means[aspect] if means[aspect] is not None else NEUTRAL for aspect in ASPECTS}


def aspect_means(sheet: Sheet) -> AspectMeans | None:
    """Return a sheet's shrunk means from its own counters; `None` when nobody rated it."""
    return _shrunk(sheet.rating_count, {aspect: getattr(sheet, f"{aspect}_sum") for aspect in ASPECTS})


def aspect_means_like(sheet: Sheet, institution_ids: list[int]) -> AspectMeans | None:
    """Return the shrunk means given by people of these houses; `None` when none of them rated."""
    sums = sheet.ratings.filter(institution__in=institution_ids).aggregate(
        count=Count("pk"), **{aspect: Sum(aspect) for aspect in ASPECTS}
    )
    return _shrunk(sums["count"], sums)


def _shrunk(count: int, sums: Mapping[str, int]) -> AspectMeans | None:
    return shrunk_means(count, sums, prior_means()) if count else None


def shrunk_means(count: int, sums: Mapping[str, int], prior: Mapping[str, float]) -> AspectMeans:
    """Shrink towards the mean of all sheets: (w × prior + sum) / (w + n), the Bayesian average with w = 5."""
    means = {a: (PRIOR_WEIGHT * prior[a] + sums[a]) / (PRIOR_WEIGHT + count) for a in ASPECTS}
    return AspectMeans(count=count, **means)
