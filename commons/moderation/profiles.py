"""Owns what moderation says of people: a profile can be reported, and the names of what moderators do."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from commons.moderation import subjects
from commons.people.queries import people_visible_to

DEEDS = {
    "take_report": _("Signalement pris en charge"),
    "resolve_report": _("Signalement traité"),
    "reject_report": _("Signalement classé sans suite"),
    "warn": _("Avertissement"),
    "silence": _("Silence"),
    "suspend": _("Suspension"),
    "lift": _("Mesure levée"),
}


def _found(user: Any, key: str) -> subjects.Reported | None:
    person = people_visible_to(user).filter(pk=key).first() if key.isascii() and key.isdigit() else None
    if person is None:
        return None
    excerpt = "\n".join(text for text in (person.job, person.help_text) if text)
    return subjects.Reported(person.public_name, person.get_absolute_url(), excerpt, person)


def register() -> None:
    """Let people be reported."""
    subjects.register(subjects.Subject("person", _("Profil"), _found))
    subjects.register_deeds(DEEDS)
