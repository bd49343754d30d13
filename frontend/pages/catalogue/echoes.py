"""Owns what others made of a sheet, ready to be shown: trials as a tree, marks by aspect, houses like the reader's."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.people.models import Institution
from commons.vocabularies.queries import label_of
from frontend.pages.catalogue.reading import url_of
from practices.enums import ASPECTS
from practices.fields.display import shown_fields
from practices.models import Sheet, Trial
from practices.queries import (
    AspectMeans,
    Likeness,
    aspect_means,
    aspect_means_like,
    likeness,
    trial_tree,
    trials_visible_to,
)

NAMED_REASONS = 3


def trials_shown(reader: Any, sheet: Sheet, mine: Institution | None) -> list[dict[str, Any]]:
    """Return the trials that the reader may read as a tree, those of houses like theirs marked. One query."""
    roots: list[dict[str, Any]] = []
    branch: list[dict[str, Any]] = []
    for depth, trial in trial_tree(trials_visible_to(reader).filter(sheet=sheet)):
        shown = _trial(trial, mine)
        del branch[depth:]
        (branch[-1]["children"] if branch else roots).append(shown)
        branch.append(shown)
    return roots


def _trial(trial: Trial, mine: Institution | None) -> dict[str, Any]:
    house = trial.institution
    details = shown_fields(trial.content, trial.html)
    is_like = bool(mine and house and house.pk != mine.pk and likeness(mine, house).is_like)
    return {
        "pk": trial.pk,
        "house": trial.house.get("name") or _("Une maison"),
        "url": url_of(house) if house else "",
        "date_label": date_format(trial.created_at, "F Y"),
        "relation_label": label_of("adaptation", trial.adaptation),
        "outcome": trial.outcome,
        "outcome_label": label_of("outcome", trial.outcome),
        "person": trial.by.public_name if trial.by else "",
        "changed_html": trial.changed_html,
        "recommend": trial.recommend,
        "facts": " · ".join(
            _("%(label)s : %(value)s") % {"label": d.label, "value": d.words} for d in details if d.is_short
        ),
        "details": [one for one in details if not one.is_short],
        "is_like": is_like,
        "children": [],
    }


def opinions(sheet: Sheet, mine: Institution | None) -> dict[str, Any]:
    """Return the sheet's means by aspect, and apart those given by houses like the reader's, with their sentence."""
    like = likes_among_raters(sheet, mine) if mine and sheet.rating_count else {}
    means_like = aspect_means_like(sheet, list(like)) if like else None
    return {
        "all": _aspects(aspect_means(sheet)),
        "count": sheet.rating_count,
        "like": _aspects(means_like),
        "like_count": means_like.count if means_like else 0,
        "like_sentence": _sentence(list(like.values())) if means_like else "",
    }


def likes_among_raters(sheet: Sheet, mine: Institution) -> dict[int, Likeness]:
    """Return the houses like this one whose people rated the sheet."""
    raters = Institution.objects.filter(ratings__sheet=sheet).exclude(pk=mine.pk).distinct()
    compared = {house.pk: likeness(mine, house) for house in raters}
    return {pk: found for pk, found in compared.items() if found.is_like}


def _aspects(means: AspectMeans | None) -> list[dict[str, Any]]:
    labels = {"useful": _("Utile"), "clear": _("Claire"), "transferable": _("Transférable")}
    return [{"label": labels[aspect], "mean": getattr(means, aspect)} for aspect in ASPECTS] if means else []


def _sentence(found: list[Likeness]) -> str:
    """Say what the houses share with the reader's, the most shared first."""
    shared = [reason for one in found for reason in one.reasons]
    reasons = sorted(dict.fromkeys(shared), key=shared.count, reverse=True)[:NAMED_REASONS]
    words = ngettext(
        "Avis de %(count)d maison proche de la vôtre : %(reasons)s.",
        "Avis de %(count)d maisons proches de la vôtre : %(reasons)s.",
        len(found),
    )
    return words % {"count": len(found), "reasons": ", ".join(reasons)}
