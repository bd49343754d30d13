"""Writes sanctions, and what they bar on the account itself."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.moderation.actions.audit import note_deed
from commons.moderation.actions.reports import clean_words
from commons.moderation.enums import SanctionKind
from commons.moderation.models import Report, Sanction
from commons.moderation.signals import SanctionImposed, SanctionLifted
from commons.people.models import FOR_GOOD, User
from commons.permissions import require

DEEDS = {SanctionKind.WARNING: "warn", SanctionKind.SILENCE: "silence", SanctionKind.SUSPENSION: "suspend"}


@transaction.atomic
def impose_sanction(
    *, by: User, person: User, kind: str, reason: str, until: datetime.datetime | None = None,
    report: Report | None = None,
) -> Sanction:  # fmt: skip
    """Warn a person, silence them until a date, or suspend them until a date or for good. They are told, and why."""
    require(by, "moderation.sanction_person", person)
    if kind not in SanctionKind.values:
        raise Invalid({"kind": [_("Choisissez dans la liste.")]})
    clean = clean_words(reason, "reason", is_needed=True)
    ends = None if kind == SanctionKind.WARNING else until
    if kind == SanctionKind.SILENCE and ends is None:
        raise Invalid({"until": [_("Un silence a une fin : donnez sa date.")]})
    if ends is not None and ends <= timezone.now():
        raise Invalid({"until": [_("Choisissez une date à venir.")]})
    locked = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    sanction = Sanction.objects.create(user=locked, kind=kind, reason=clean, until=ends, report=report, by=by)
    _bar(locked, person)
    _note(by, DEEDS[SanctionKind(kind)], locked, clean)
    publish(SanctionImposed(sanction.pk, locked.pk))
    return sanction


@transaction.atomic
def lift_sanction(*, by: User, sanction: Sanction, reason: str) -> Sanction:
    """End a sanction before its time, and say why; one that is over stays as it was."""
    require(by, "moderation.sanction_person", sanction.user)
    clean = clean_words(reason, "reason", is_needed=True)
    locked = User.objects.select_for_update(of=("self",)).get(pk=sanction.user_id)
    sanction = Sanction.objects.select_related("user").get(pk=sanction.pk)
    if not sanction.is_active:
        raise Conflict(_("Cette mesure est déjà terminée."), code="over")
    sanction.lifted_at, sanction.lifted_by = timezone.now(), by
    sanction.save(update_fields=["lifted_at", "lifted_by"])
    _bar(locked, sanction.user)
    _note(by, "lift", locked, clean)
    publish(SanctionLifted(sanction.pk, locked.pk))
    return sanction


def _bar(locked: User, person: User) -> None:
    """Write on the account until when it is barred: rules then need no query to know it."""
    ends: dict[str, datetime.datetime] = {}
    for sanction in locked.sanctions.filter(lifted_at__isnull=True):
        if sanction.is_active:
            until = sanction.until or FOR_GOOD
            ends[sanction.kind] = max(until, ends.get(sanction.kind, until))
    locked.silenced_until = person.silenced_until = ends.get(SanctionKind.SILENCE)
    locked.suspended_until = person.suspended_until = ends.get(SanctionKind.SUSPENSION)
    locked.save(update_fields=["silenced_until", "suspended_until"])


def _note(by: User, deed: str, person: User, why: str) -> None:
    note_deed(
        by=by, deed=deed, kind="person", object_id=person.pk, label=person.public_name,
        url=person.get_absolute_url(), why=why,
    )  # fmt: skip
