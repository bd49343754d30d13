"""Reads reports, sanctions and the audit trail."""

from typing import Any

from django.db.models import Q, QuerySet

from commons.moderation.models import AuditEntry, Report, ReportNote, Sanction
from commons.people.enums import MemberRole
from commons.people.models import User
from commons.people.queries import moderators_of
from commons.people.rules import is_moderator, is_signed_in, member_roles


def reports_handled_by(user: Any) -> QuerySet[Report]:
    """Return every report the person may handle: `moderation.handle_report` as one query."""
    reports = Report.objects.select_related("network", "about", "by", "taken_by")
    if is_moderator(user):
        return reports.exclude(about=user)
    return reports.filter(network__in=_curated_by(user)).exclude(about__in=[user.pk] if is_signed_in(user) else [])


def _curated_by(user: Any) -> list[int]:
    return [pk for pk, role in member_roles(user).items() if role == MemberRole.CURATOR]


def handlers_of(report: Report) -> QuerySet[User]:
    """Return who may handle a report: `moderation.handle_report`, asked the other way round."""
    people = moderators_of(report.network_id)
    return people.exclude(pk=report.about_id) if report.about_id else people


def reports_of(user: User) -> QuerySet[Report]:
    """Return what the person reported, newest first."""
    return Report.objects.filter(by=user).order_by("-created_at", "-pk")


def notes_on(report: Report) -> QuerySet[ReportNote]:
    """Return the notes on a report, oldest first."""
    return report.notes.select_related("by").order_by("created_at", "pk")


def sanctions_of(person: User) -> QuerySet[Sanction]:
    """Return what was decided about a person, newest first."""
    return Sanction.objects.filter(user=person).select_related("by", "lifted_by").order_by("-created_at", "-pk")


def audit_visible_to(user: Any) -> QuerySet[AuditEntry]:
    """Return what moderators did, newest first: all of it to moderators, a network's to its curators."""
    shown = Q() if is_moderator(user) else Q(network__in=_curated_by(user))
    return AuditEntry.objects.filter(shown).select_related("by", "network").order_by("-created_at", "-pk")
