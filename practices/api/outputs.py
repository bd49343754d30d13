"""Turns sheets and what hangs on them into JSON values: the one output of each noun."""

from typing import Any

from django.conf import settings

from commons.people.models import User
from practices.enums import Gate
from practices.fields import missing
from practices.models import Decision, Proposal, Rating, Sheet, Trial, Version
from practices.queries import AspectMeans, aspect_means

ROW = (
    "id", "title", "summary", "kind", "language", "status", "outcome", "evidence", "confidentiality", "licence",
    "editorial_state", "trial_count", "rating_count", "support_count", "published_at", "updated_at",
)  # fmt: skip
COUNTS = ("trial_count", "worked_count", "mixed_count", "failed_count", "support_count")
DATES = ("created_at", "updated_at", "published_at", "review_by")
NEXT_GATE = {"draft": Gate.SUBMIT}


def sheet_row(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as lists show it; `institution` and `network` are addresses."""
    return {name: getattr(sheet, name) for name in ROW} | {
        "url": f"{settings.SITE_URL}{sheet.get_absolute_url()}",
        "institution": sheet.institution.slug if sheet.institution else None,
        "network": sheet.network.slug if sheet.network else None,
    }


def edits(reader: Any, sheet: Sheet) -> bool:
    """Tell whether the person is given the working text instead of what readers see."""
    return sheet.version is None or bool(reader.has_perm("practices.change_sheet", sheet))


def sheet_whole(sheet: Sheet, *, reader: Any) -> dict[str, Any]:
    """Return a sheet with every field it has: the published ones to readers, the working text to its editors."""
    is_draft = edits(reader, sheet)
    content = sheet.content if is_draft or sheet.version is None else sheet.version.content
    means = aspect_means(sheet)
    return {
        **content,
        "id": sheet.pk,
        "url": f"{settings.SITE_URL}{sheet.get_absolute_url()}",
        "editorial_state": sheet.editorial_state,
        "network": sheet.network.slug if sheet.network else None,
        "revision": sheet.revision,
        "version": sheet.version.number if sheet.version else None,
        "is_draft": is_draft,
        "missing": [field.code for field in missing(content, NEXT_GATE.get(sheet.editorial_state, Gate.PUBLISH))],
        "evidence_level": sheet.evidence,
        "ratings": aspects(means) if means else None,
        **{name: getattr(sheet, name) for name in (*COUNTS, *DATES)},
    }


def aspects(means: AspectMeans) -> dict[str, Any]:
    """Return shrunk means, to two decimals."""
    return {
        "count": means.count,
        "useful": round(means.useful, 2),
        "clear": round(means.clear, 2),
        "transferable": round(means.transferable, 2),
    }


def version_row(version: Version) -> dict[str, Any]:
    """Return a version without its content."""
    return {
        "number": version.number,
        "url": f"{settings.SITE_URL}{version.get_absolute_url()}",
        "reason": version.reason,
        "created_at": version.created_at,
    }


def version_whole(version: Version) -> dict[str, Any]:
    """Return a version with its content and the house as it was."""
    return version_row(version) | {"content": version.content, "house": version.house}


def decision_row(decision: Decision) -> dict[str, Any]:
    """Return one step of the editorial flow."""
    return {
        "from_state": decision.from_state,
        "state": decision.to_state,
        "reason": decision.reason,
        "created_at": decision.created_at,
    }


def trial_whole(trial: Trial, depth: int = 0) -> dict[str, Any]:
    """Return a trial and its place in the tree."""
    return {
        "id": trial.pk,
        "parent": trial.parent_id,
        "depth": depth,
        "by": person(trial.by),
        "house": trial.house,
        "adaptation": trial.adaptation,
        "changed": trial.changed,
        "outcome": trial.outcome,
        "recommend": trial.recommend,
        "values": trial.content,
        "created_at": trial.created_at,
    }


def rating_whole(rating: Rating) -> dict[str, Any]:
    """Return a person's own marks."""
    return {"useful": rating.useful, "clear": rating.clear, "transferable": rating.transferable}


def proposal_whole(proposal: Proposal) -> dict[str, Any]:
    """Return a proposed change and what became of it."""
    return {
        "id": proposal.pk,
        "by": person(proposal.by),
        "content": proposal.content,
        "reason": proposal.reason,
        "state": proposal.state,
        "word": proposal.word,
        "created_at": proposal.created_at,
    }


def person(user: User | None) -> dict[str, Any] | None:
    """Return a person as others see them; nothing of a person who left."""
    return {"id": user.pk, "name": user.public_name} if user else None
