"""Compares houses: "like mine" is a weighted likeness of their facts, explained in words.

The weights say what makes advice travel from one house to another: what it is and how many people it has before
where it stands. Sets are compared by Jaccard's index; ordered bands by their distance on the scale (Gower's
coefficient for ordinal data). A fact that either house has not given counts neither for nor against.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from commons.people.models import Institution
from commons.vocabularies.queries import entries_of, label_of, rank_of

WEIGHTS = {"type": 3.0, "team_size": 3.0, "disciplines": 2.0, "budget": 1.0, "territory": 1.0}
SCALES = {"team_size": "team_size", "budget": "institution_budget"}
ENOUGH = 0.6
CLOSE = 0.75


@dataclass(frozen=True)
class Likeness:
    """How alike two houses are, from 0 to 1, and the facts they share, ready to be read."""

    score: float
    reasons: tuple[str, ...]

    @property
    def is_like(self) -> bool:
        """Tell whether the houses are alike enough to be shown as "like mine"."""
        return self.score >= ENOUGH


def likeness(mine: Any, other: Any) -> Likeness:
    """Compare two institutions (or snapshots with the same attributes)."""
    scores = {fact: _compare(fact, getattr(mine, fact), getattr(other, fact)) for fact in WEIGHTS}
    given = {fact: score for fact, score in scores.items() if score is not None}
    weight = sum(WEIGHTS[fact] for fact in given)
    score = sum(WEIGHTS[fact] * value for fact, value in given.items()) / weight if weight else 0.0
    reasons = [_describe(fact, mine, other) for fact, value in given.items() if value >= CLOSE]
    return Likeness(round(score, 3), tuple(reasons))


def houses_like(institution: Institution) -> dict[int, Likeness]:
    """Return the houses like this one by id, itself left out."""
    others = Institution.objects.exclude(pk=institution.pk)
    compared = {other.pk: likeness(institution, other) for other in others}
    return {pk: found for pk, found in compared.items() if found.is_like}


def _compare(fact: str, mine: Any, other: Any) -> float | None:
    if not mine or not other:
        return None
    if fact in SCALES:
        return _distance(SCALES[fact], mine, other)
    if isinstance(mine, list):
        return len(set(mine) & set(other)) / len(set(mine) | set(other))
    return float(mine == other)


def _distance(vocabulary: str, mine: str, other: str) -> float | None:
    ranks = [entry.rank for entry in entries_of(vocabulary).values() if entry.rank is not None]
    here, there = rank_of(vocabulary, mine), rank_of(vocabulary, other)
    if here is None or there is None or len(ranks) < 2:  # noqa: PLR2004 - a scale has two ends
        return None
    return 1 - abs(here - there) / (max(ranks) - min(ranks))


def _describe(fact: str, mine: Any, other: Any) -> str:
    if fact == "type":
        return label_of("institution_type", mine.type).lower()
    if fact == "disciplines":
        shared = [code for code in mine.disciplines if code in other.disciplines]
        return ", ".join(label_of("discipline", code).lower() for code in shared)
    if fact == "team_size":
        return _("%(size)s personnes") % {"size": _within(label_of("team_size", other.team_size))}
    if fact == "budget":
        return _("%(band)s de budget") % {"band": _within(label_of("institution_budget", other.budget))}
    return label_of("territory", mine.territory).lower()


def _within(label: str) -> str:
    """Return a label as it reads inside a sentence: only its first letter, for M€ keep theirs."""
    return label[:1].lower() + label[1:]
