"""What the notices app keeps of a person: what they were told, what they chose, whom and what they follow."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from commons.notices.models import Choice, Digest, Follow, Notice, Rhythm
from commons.people import holdings
from commons.people.enums import ErasureMode
from commons.people.holdings import Section, section
from commons.people.models import User

COLUMNS = {
    "notices.Notice.user": "deleted, with its deliveries: what waits is never sent",
    "notices.Notice.by": "stays without the person; its words are said anew each time, and then name nobody",
    "notices.Digest.user": "deleted",
    "notices.Choice.user": "deleted",
    "notices.Rhythm.user": "deleted",
    "notices.Follow.user": "deleted; what others decided about the person too",
}


def _sections(person: User) -> Iterator[Section]:
    told = Notice.objects.filter(user=person)
    yield section(
        "avis-recus", _("Ce dont j’ai été prévenu·e"), told, "kind", "subject", "count", "created_at", "read_at"
    )
    digests = Digest.objects.filter(user=person)
    yield section("resumes", _("Résumés reçus"), digests, "cadence", "date", "sent_at")
    yield section("choix-avis", _("Mes choix d’avis"), Choice.objects.filter(user=person), "kind", "in_app", "mail")
    rhythm = Rhythm.objects.filter(user=person)
    yield section("rythme", _("Mes heures calmes"), rhythm, "quiet_from", "quiet_until", "digest")
    followed = Follow.objects.filter(user=person)
    yield section("sujets-suivis", _("Ce que je suis"), followed, "subject", "level", "created_at")


def _erase(person: User, _mode: ErasureMode) -> None:
    """Forget what others decided about the person: it names nobody any more."""
    Follow.objects.filter(subject=f"person:{person.pk}").delete()


def register() -> None:
    """Say what this app keeps of people."""
    holdings.register(holdings.Holding(app="notices", columns=COLUMNS, sections=_sections, erase=_erase))
