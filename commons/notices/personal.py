"""What notices keep of a person: what they were told, what they chose, what they follow or muted."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from commons.notices.models import Follow, Rhythm
from commons.people import holdings
from commons.people.enums import ErasureMode
from commons.people.holdings import Section, section
from commons.people.models import User

COLUMNS = {
    "notices.Notice.user": "deleted, with its deliveries",
    "notices.Notice.by": "stays without the person, and is said without a name",
    "notices.Digest.user": "deleted",
    "notices.Choice.user": "deleted",
    "notices.Rhythm.user": "deleted",
    "notices.Follow.user": "deleted",
}


def _sections(person: User) -> Iterator[Section]:
    yield section("notifications", _("Mes notifications"), person.notices, "kind", "subject", "created_at", "read_at")
    yield section("choix-notifications", _("Ce que je reçois"), person.notice_choices, "kind", "in_app", "mail")
    yield section("resumes", _("Résumés reçus"), person.digests, "cadence", "date", "sent_at")
    calm = Rhythm.objects.filter(user=person)
    yield section("rythme", _("Mes heures calmes"), calm, "quiet_from", "quiet_until", "digest")
    followed = person.followed_subjects
    yield section(
        "sujets-suivis", _("Ce que je suis ou ai mis en sourdine"), followed, "subject", "level", "created_at"
    )


def _erase(person: User, _mode: ErasureMode) -> None:
    """Let others' stances towards the person go too: there is nobody left to mute."""
    Follow.objects.filter(subject=f"person:{person.pk}").delete()


def register() -> None:
    """Say what this app keeps of people."""
    holdings.register(holdings.Holding(app="notices", columns=COLUMNS, sections=_sections, erase=_erase))
