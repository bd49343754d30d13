"""The pages of those who moderate: the reports, the held posts, what was done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commons.errors import CommonsError
from commons.moderation.actions import add_note, close_report, take_report
from commons.moderation.enums import PENDING, ReportState
from commons.moderation.models import Report
from commons.moderation.queries import audit_visible_to, notes_on, reports_handled_by
from commons.people.models import User
from commons.permissions import require
from forum.queries import held_posts
from frontend.errors import words_of
from frontend.paging import page_of
from frontend.signed_in import person_of

Sent = Any


@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """List the reports that one may handle: those that wait, the oldest first, or those that are closed."""
    require(request.user, "moderation.view_reports")
    reports = reports_handled_by(request.user)
    is_closed = request.GET.get("etat") == "clos"
    rows = (
        reports.exclude(state__in=PENDING).order_by("-closed_at", "-pk")
        if is_closed
        else reports.filter(state__in=PENDING).order_by("created_at", "pk")
    )
    context = page_of(request, rows) | {"is_closed": is_closed, "tabs": _tabs(request, "closed" if is_closed else "")}
    return render(request, "moderation/queue.html", context)


def _tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    here = reverse("moderation")
    waiting = reports_handled_by(request.user).filter(state__in=PENDING).count()
    counted: dict[str, tuple[str, str, int | None]] = {
        "": (_("Signalements"), here, waiting),
        "held": (_("Messages en attente"), reverse("moderation_held"), held_posts(request.user).count()),
        "closed": (_("Signalements clos"), f"{here}?etat=clos", None),
        "audit": (_("Journal"), reverse("moderation_audit"), None),
    }
    return [
        {"label": label, "url": url, "count": count, "current": name == current}
        for name, (label, url, count) in counted.items()
    ]


@login_required
def held(request: HttpRequest) -> HttpResponse:
    """List the posts of newcomers that wait to be read, the oldest first."""
    require(request.user, "moderation.view_reports")
    return _listed(request, "moderation/held.html", held_posts(request.user), "held")


@login_required
def audit(request: HttpRequest) -> HttpResponse:
    """List what was done, by whom and why, the last first."""
    require(request.user, "moderation.view_audit")
    return _listed(request, "moderation/audit.html", audit_visible_to(request.user), "audit")


def _listed(request: HttpRequest, template: str, rows: QuerySet[Any], current: str) -> HttpResponse:
    return render(request, template, page_of(request, rows) | {"tabs": _tabs(request, current)})


def _close(by: User, report: Report, sent: Sent) -> object:
    return close_report(by=by, report=report, state=sent.get("state", ""), outcome=sent.get("outcome", ""))


DEEDS: dict[str, Callable[[User, Report, Sent], object]] = {
    "take": lambda by, report, _sent: take_report(by=by, report=report),
    "note": lambda by, report, sent: add_note(by=by, report=report, text=sent.get("text", "")),
    "close": _close,
}
"""What a form of the page may ask, each one action."""


@login_required
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report, the thing as it was, the notes; take it, add a note, or close it with what was decided."""
    report = get_object_or_404(reports_handled_by(request.user), pk=pk)
    refusal, status = "", 200
    deed = DEEDS.get(request.POST.get("deed", ""))
    if request.method == "POST" and deed is not None:
        try:
            deed(person_of(request), report, request.POST)
        except CommonsError as error:
            refusal, status = words_of(error), error.status
        else:
            messages.success(request, _("C’est noté."))
            return redirect("moderation_report", pk)
    others = reports_handled_by(request.user).filter(kind=report.kind, object_id=report.object_id).exclude(pk=pk)
    context = {
        "report": report,
        "notes": notes_on(report),
        "others": others.order_by("-created_at"),
        "refusal": refusal,
        "outcome": request.POST.get("outcome", ""),
        "text": request.POST.get("text", ""),
        "closings": [
            {"value": ReportState.RESOLVED.value, "label": _("Traité : quelque chose a été fait")},
            {"value": ReportState.REJECTED.value, "label": _("Sans suite : rien à y redire")},
        ],
        "chosen": request.POST.get("state", ReportState.RESOLVED.value),
        "may_sanction": report.about is not None and request.user.has_perm("moderation.sanction_person", report.about),
    }
    return render(request, "moderation/handle.html", context, status=status)
