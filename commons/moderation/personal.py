"""What moderation keeps of a person: what they reported, what was decided about them, what they did as moderators."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from commons.moderation.models import AuditEntry, Report, ReportNote, Sanction
from commons.moderation.queries import reports_of, sanctions_of
from commons.people import holdings
from commons.people.enums import ErasureMode
from commons.people.holdings import Section, section
from commons.people.models import User

NAMELESS = "stays, without the person"
COLUMNS = {
    "moderation.Report.about": "stays without the person; in removal, without the copy of their words",
    "moderation.Report.by": NAMELESS,
    "moderation.Report.taken_by": NAMELESS,
    "moderation.ReportNote.by": NAMELESS,
    "moderation.Sanction.user": "deleted: it barred an account that is no more",
    "moderation.Sanction.by": NAMELESS,
    "moderation.Sanction.lifted_by": NAMELESS,
    "moderation.AuditEntry.by": "stays without the person: the trail says what was done, and why",
}


def _sections(person: User) -> Iterator[Section]:
    yield section(
        "signalements", _("Mes signalements"), reports_of(person), "label", "reason", "text", "outcome", "created_at"
    )
    decided = sanctions_of(person)
    yield section("mesures", _("Mesures prises à mon sujet"), decided, "kind", "reason", "until", "created_at")
    yield section("notes", _("Mes notes de modération"), ReportNote.objects.filter(by=person), "text", "created_at")
    deeds = AuditEntry.objects.filter(by=person)
    yield section("journal", _("Ce que j’ai modéré"), deeds, "deed", "label", "why", "created_at")


def _erase(person: User, mode: ErasureMode) -> None:
    if mode == ErasureMode.REMOVE:
        Report.objects.filter(about=person).update(excerpt="")
    Sanction.objects.filter(user=person).delete()


def register() -> None:
    """Say what this app keeps of people."""
    holdings.register(holdings.Holding(app="moderation", columns=COLUMNS, sections=_sections, erase=_erase))
