"""Writes what a person says of themselves."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Invalid
from commons.people.actions.consents import record_consent
from commons.people.models import User
from commons.people.signals import ProfileChanged
from commons.permissions import require

AGREED = {"is_credited": "credit", "shows_presence": "presence"}
"""What a person may agree to, or take back: each change of mind is a row of the log of consents."""
PROFILE = ("public_name", "job", "institution", "help_text", "language", "is_credited", "shows_presence")


@transaction.atomic
def change_profile(*, by: User, person: User, values: Mapping[str, Any]) -> User:
    """Change one's own profile: name, job, house, what one can help with, language, credit. Other names are refused."""
    require(by, "people.change_person", person)
    if unknown := [name for name in values if name not in PROFILE]:
        raise Invalid({name: [_("Ce champ est inconnu.")] for name in unknown})
    for name, value in values.items():
        if name in AGREED and value != getattr(person, name):
            record_consent(by=person, purpose=AGREED[name], is_given=value, how="profile")
        setattr(person, name, value.strip() if isinstance(value, str) else value)
    if not person.public_name:
        raise Invalid({"public_name": [_("À remplir.")]})
    person.save(update_fields=list(values) or None)
    publish(ProfileChanged(person.pk))
    return person


@transaction.atomic
def renew_calendar(*, by: User, person: User) -> User:
    """Draw another secret address for one's own calendar; the one before stops working at once."""
    require(by, "people.change_person", person)
    User.objects.filter(pk=person.pk).update(calendar_generation=F("calendar_generation") + 1)
    person.refresh_from_db(fields=["calendar_generation"])
    return person
