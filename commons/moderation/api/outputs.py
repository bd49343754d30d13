"""Turns reports and notes into JSON values: the one output of each noun."""

from typing import Any

from django.conf import settings

from commons.moderation.models import Report, ReportNote
from commons.people.models import User


def report_row(report: Report) -> dict[str, Any]:
    """Return a report as whoever made it reads it: what became of it, and nothing of the thing, which may be hidden."""
    names = ("id", "kind", "object_id", "reason", "text", "state", "outcome", "created_at", "closed_at")
    return {name: getattr(report, name) for name in names}


def report_whole(report: Report) -> dict[str, Any]:
    """Return a report as those who handle it read it."""
    return report_row(report) | {
        "label": report.label,
        "url": f"{settings.SITE_URL}{report.url}",
        "excerpt": report.excerpt,
        "network": report.network.slug if report.network else None,
        "about": _person(report.about),
        "by": _person(report.by),
        "taken_by": _person(report.taken_by),
    }


def note_row(note: ReportNote) -> dict[str, Any]:
    """Return a note."""
    return {"id": note.pk, "by": _person(note.by), "text": note.text, "created_at": note.created_at}


def _person(user: User | None) -> dict[str, Any] | None:
    return {"id": user.pk, "name": user.public_name} if user else None
