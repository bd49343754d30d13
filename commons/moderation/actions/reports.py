"""Writes reports and the notes on them."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid, NotFound, TooMany
from commons.moderation import subjects
from commons.moderation.actions.audit import note_deed
from commons.moderation.enums import PENDING, ReportReason, ReportState
from commons.moderation.models import WORDS_LIMIT, Report, ReportNote
from commons.moderation.signals import ReportAdded, ReportClosed
from commons.people.models import User
from commons.permissions import require

HOUR = datetime.timedelta(hours=1)
EXCERPT = 2000


@transaction.atomic
def add_report(*, by: User, kind: str, object_id: str, reason: str, text: str = "") -> Report:
    """Report something one may read; what one may not is not found. Again while it waits: the same report.

    Refuses one's own, an unknown reason, and more than `REPORTS_PER_HOUR`.
    """
    require(by, "moderation.add_report")
    thing = subjects.found(by, kind, object_id)
    if thing is None:
        raise NotFound
    clean = clean_words(text)
    if reason not in ReportReason.values:
        raise Invalid({"reason": [_("Choisissez dans la liste.")]})
    if thing.about is not None and thing.about.pk == by.pk:
        raise Invalid({"": [_("C’est le vôtre : modifiez-le ou supprimez-le.")]}, code="own")
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # one report at a time: the rate is counted right
    pending = Report.objects.filter(by=by, kind=kind, object_id=object_id, state__in=PENDING).first()
    if pending is not None:
        return pending
    if Report.objects.filter(by=by, created_at__gt=timezone.now() - HOUR).count() >= settings.REPORTS_PER_HOUR:
        raise TooMany(_("Vous avez beaucoup signalé depuis une heure : réessayez plus tard."))
    report = Report.objects.create(
        kind=kind, object_id=object_id, label=thing.label[:200], url=thing.url, excerpt=thing.excerpt[:EXCERPT],
        network=thing.network, about=thing.about, by=by, reason=reason, text=clean,
    )  # fmt: skip
    publish(ReportAdded(report.pk))
    return report


def clean_words(text: str, field: str = "text", *, is_needed: bool = False) -> str:
    """Return a text as it is kept; refuse one too long, and an empty one where words are needed."""
    clean = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if is_needed and not clean:
        raise Invalid({field: [_("Dites pourquoi en une phrase.")]})
    if len(clean) > WORDS_LIMIT:
        raise Invalid({field: [_("1 000 caractères au plus.")]})
    return clean


@transaction.atomic
def take_report(*, by: User, report: Report) -> Report:
    """Say that one looks after a report, or takes it over."""
    locked = _pending(by, report)
    if (locked.state, locked.taken_by_id) != (ReportState.TAKEN, by.pk):
        locked.state, locked.taken_by = ReportState.TAKEN, by
        locked.save(update_fields=["state", "taken_by"])
        _note(by, "take_report", locked)
    return locked


@transaction.atomic
def close_report(*, by: User, report: Report, state: str, outcome: str) -> Report:
    """Resolve or reject a report, and say what was decided: whoever reported reads it."""
    locked = _pending(by, report)
    if state not in (ReportState.RESOLVED, ReportState.REJECTED):
        raise Invalid({"state": [_("Choisissez dans la liste.")]})
    locked.outcome = clean_words(outcome, "outcome", is_needed=True)
    locked.state, locked.taken_by, locked.closed_at = state, by, timezone.now()
    locked.save(update_fields=["state", "outcome", "taken_by", "closed_at"])
    _note(by, "resolve_report" if state == ReportState.RESOLVED else "reject_report", locked)
    publish(ReportClosed(locked.pk, by.pk))
    return locked


@transaction.atomic
def add_note(*, by: User, report: Report, text: str) -> ReportNote:
    """Say something to those who handle the report with one, even after it is closed."""
    require(by, "moderation.handle_report", report)
    return ReportNote.objects.create(report=report, by=by, text=clean_words(text, is_needed=True))


def _pending(by: User, report: Report) -> Report:
    require(by, "moderation.handle_report", report)
    locked = Report.objects.select_for_update(of=("self",)).select_related("network").get(pk=report.pk)
    if not locked.is_pending:
        raise Conflict(_("Ce signalement est déjà clos."), code="closed")
    return locked


def _note(by: User, deed: str, report: Report) -> None:
    note_deed(
        by=by, deed=deed, kind=report.kind, object_id=report.object_id, label=report.label, url=report.url,
        why=report.outcome, network=report.network,
    )  # fmt: skip
