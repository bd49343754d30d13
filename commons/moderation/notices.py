"""What moderation tells people: what was decided about them, what became of what they reported, what waits for them.

The first two are owed (`Kind.is_owed`): articles 16 and 17 of the European regulation on digital services (2022/2065)
ask to tell who reported what was decided, and whom a decision bars why; no choice of notices stops them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons.moderation.enums import PENDING, SanctionKind
from commons.moderation.models import Report, Sanction
from commons.moderation.queries import handlers_of, reports_handled_by, reports_of, sanctions_of
from commons.moderation.signals import ReportAdded, ReportClosed, SanctionImposed, SanctionLifted
from commons.notices.kinds import Kind, News, Shown, Subject, add_kinds, add_subjects
from commons.notices.outbox import listen
from commons.people.models import User

SANCTION, REPORT, TO_HANDLE = "sanction", "report", "report_to_handle"
LIFTED = "lifted"
BARS = {
    SanctionKind.WARNING: gettext_lazy("Votre compte garde tous ses droits."),
    SanctionKind.SILENCE: gettext_lazy("Vous lisez, vous n’écrivez pas."),
    SanctionKind.SUSPENSION: gettext_lazy("Vous lisez ce qui est public."),
}


def _title(sanction: Sanction) -> str:
    what = sanction.get_kind_display()
    if sanction.kind == SanctionKind.WARNING:
        return what
    if sanction.until is None:
        return _("%(what)s sans date de fin") % {"what": what}
    until = date_format(localtime(sanction.until), "j F Y, H:i")
    return _("%(what)s jusqu’au %(date)s") % {"what": what, "date": until}


def _sanctions(user: Any, ids: Sequence[str]) -> dict[str, Shown]:
    rows = sanctions_of(user).filter(pk__in=ids)
    return {str(row.pk): Shown(_title(row), reverse("my_moderation")) for row in rows}


def _reports(user: Any, ids: Sequence[str]) -> dict[str, Shown]:
    rows = reports_of(user).filter(pk__in=ids)
    return {str(row.pk): Shown(row.label, reverse("my_moderation")) for row in rows}


def _cases(user: Any, ids: Sequence[str]) -> dict[str, Shown]:
    rows = reports_handled_by(user).filter(pk__in=ids, state__in=PENDING)
    return {str(row.pk): Shown(row.label, reverse("moderation_report", args=[row.pk])) for row in rows}


def _imposed(fact: SanctionImposed) -> Iterator[News]:
    yield News(SANCTION, f"sanction:{fact.sanction_id}", User.objects.filter(pk=fact.user_id))


def _lifted(fact: SanctionLifted) -> Iterator[News]:
    """Tell the end apart: its notice must not take the place of the one that said why."""
    people = User.objects.filter(pk=fact.user_id)
    yield News(SANCTION, f"sanction:{fact.sanction_id}#{LIFTED}", people, detail=LIFTED)


def _added(fact: ReportAdded) -> Iterator[News]:
    report = Report.objects.filter(pk=fact.report_id).first()
    if report is not None:
        yield News(TO_HANDLE, f"case:{report.pk}", handlers_of(report), report.by_id)


def _closed(fact: ReportClosed) -> Iterator[News]:
    people = User.objects.filter(reports=fact.report_id)
    yield News(REPORT, f"report:{fact.report_id}", people, fact.by_id)


def _said_sanction(notice: Any, title: str) -> str:
    if notice.detail == LIFTED:
        return _("Une mesure à votre égard est levée : %(title)s") % {"title": title}
    return _("Décision de la modération à votre égard : %(title)s") % {"title": title}


def _said_report(_notice: Any, title: str) -> str:
    return _("Votre signalement a été examiné : %(title)s") % {"title": title}


def _said_to_handle(_notice: Any, title: str) -> str:
    return _("Un signalement attend : %(title)s") % {"title": title}


def _reason(notice: Any, _since: Any) -> str:
    if notice.detail == LIFTED:
        return ""
    sanction = Sanction.objects.filter(pk=notice.object_id).first()
    if sanction is None:
        return ""
    appeal = _("Vous pouvez répondre à ce message si vous pensez que c’est une erreur.")
    return f"{BARS[SanctionKind(sanction.kind)]}\n\n{_('La raison :')}\n{sanction.reason}\n\n{appeal}"


def _outcome(notice: Any, _since: Any) -> str:
    report = Report.objects.filter(pk=notice.object_id).first()
    return f"{report.get_state_display()}\n{report.outcome}" if report is not None else ""


def _reported(notice: Any, _since: Any) -> str:
    report = Report.objects.filter(pk=notice.object_id).first()
    return f"{report.get_reason_display()}\n{report.text}".strip() if report is not None else ""


def register() -> None:
    """Make the facts of moderation known to whom they concern."""
    add_subjects(
        Subject("sanction", gettext_lazy("Mesure"), _sanctions),
        Subject("report", gettext_lazy("Signalement"), _reports),
        Subject("case", gettext_lazy("Signalement"), _cases),
    )
    add_kinds(
        Kind(
            SANCTION,
            gettext_lazy("Une décision de la modération à mon égard"),
            _said_sanction,
            body=_reason,
            is_owed=True,
        ),
        Kind(REPORT, gettext_lazy("Ce que deviennent mes signalements"), _said_report, body=_outcome, is_owed=True),
        Kind(TO_HANDLE, gettext_lazy("Un signalement que je peux traiter"), _said_to_handle, body=_reported),
    )
    listen(SanctionImposed, _imposed)
    listen(SanctionLifted, _lifted)
    listen(ReportAdded, _added)
    listen(ReportClosed, _closed)
