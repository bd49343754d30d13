"""Writes the editorial flow: draft, submitted, candidate, adopted, to review, archived."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.people.models import Network, User
from commons.people.rules import is_network_member
from practices.actions.sheets import locked_sheet, refuse_missing
from practices.actions.versions import REVIEW_AFTER, publishable, write_version
from practices.enums import PUBLISHED_STATES, Confidentiality, EditorialState, Gate
from practices.models import Decision, Sheet
from practices.signals import SheetChanged, SheetDecided

State = EditorialState
TRANSITIONS: dict[str, tuple[EditorialState, ...]] = {
    State.SUBMITTED: (State.CANDIDATE, State.ADOPTED, State.DRAFT),
    State.CANDIDATE: (State.ADOPTED, State.DRAFT, State.ARCHIVED),
    State.ADOPTED: (State.TO_REVIEW, State.ARCHIVED),
    State.TO_REVIEW: (State.ADOPTED, State.ARCHIVED),
    State.ARCHIVED: (State.ADOPTED,),
}
NEEDS_REASON = (State.DRAFT, State.TO_REVIEW, State.ARCHIVED)


@transaction.atomic
def submit_sheet(*, by: User, sheet: Sheet, network: Network | None = None) -> Sheet:
    """Propose a draft to a network's curators; without a network, to the moderators.

    Refuses a sheet that is no draft (`Conflict`), one that lacks a field of the gate, a network the author does
    not belong to, and a private sheet (`Invalid`).
    """
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.submit_sheet")
    if locked.editorial_state != State.DRAFT:
        raise Conflict(_("Cette fiche a déjà été proposée."), code="not_draft")
    refuse_missing(locked.content, Gate.SUBMIT)
    network = network or locked.network
    if network is not None and not is_network_member(by, network):
        raise Invalid({"network": [_("Vous n’êtes pas membre de ce réseau.")]})
    _refuse_unreachable(locked, network)
    locked.network = network
    locked.submitted_at = timezone.now()
    move_sheet(by=by, sheet=locked, state=State.SUBMITTED, reason="")
    return locked


def _refuse_unreachable(sheet: Sheet, network: Network | None) -> None:
    if sheet.confidentiality == Confidentiality.PRIVATE:
        raise Invalid({"confidentiality": [_("Une fiche privée reste un brouillon : choisissez une diffusion.")]})
    if sheet.confidentiality == Confidentiality.NETWORK and network is None:
        raise Invalid({"network": [_("Choisissez le réseau auquel cette fiche est réservée.")]})


@transaction.atomic
def decide_sheet(*, by: User, sheet: Sheet, state: str, reason: str = "") -> Decision:
    """Move a sheet to another state; its authors are told, with the reason.

    Entering the catalogue (`candidate`, `adopted`) passes the publication gate and publishes the working text
    when it is newer. Returning to `draft`, asking for a review and archiving need a reason.
    Raises `Conflict` for a step that the flow does not have.
    """
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.decide_sheet")
    reason = reason.strip()
    if state not in TRANSITIONS.get(locked.editorial_state, ()):
        raise Conflict(_("Cette étape n’est pas possible d’ici."), code="no_such_step")
    if state in NEEDS_REASON and not reason:
        raise Invalid({"reason": [_("Dites pourquoi : la personne qui l’a écrite vous lira.")]})
    is_accepted = locked.editorial_state == State.SUBMITTED and state in PUBLISHED_STATES
    if is_accepted and (locked.version is None or locked.version.content != publishable(locked.content)):
        write_version(by=by, sheet=locked, reason=reason or _("Publication"))
    elif is_accepted and locked.version is not None:  # the same text, maybe for another network
        locked.version.network_id = locked.network_id
        locked.version.save(update_fields=["network"])
    if state == State.ADOPTED:
        _confirm(locked)
    return move_sheet(by=by, sheet=locked, state=State(state), reason=reason)


@transaction.atomic
def confirm_sheet(*, by: User, sheet: Sheet) -> Sheet:
    """Say that a published sheet is still right: its review date moves a year on; one to review is adopted again."""
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.change_sheet")
    if not locked.is_published:
        raise Conflict(_("Cette fiche n’est pas publiée : proposez-la d’abord."), code="not_published")
    _confirm(locked)
    if locked.editorial_state == State.TO_REVIEW:
        move_sheet(by=by, sheet=locked, state=State.ADOPTED, reason=_("Vérifiée par ses auteur·rices"))
    else:
        locked.save()
        publish(SheetChanged(locked.pk))
    return locked


@transaction.atomic
def mark_due_reviews(*, today: datetime.date) -> int:
    """Move the adopted sheets whose review date has passed to `to_review`; return how many."""
    due = Sheet.objects.select_for_update(of=("self",)).filter(editorial_state=State.ADOPTED, review_by__lt=today)
    sheets = list(due)
    for sheet in sheets:
        move_sheet(by=None, sheet=sheet, state=State.TO_REVIEW, reason=_("La date de relecture est passée."))
    return len(sheets)


def _confirm(sheet: Sheet) -> None:
    now = timezone.now()
    sheet.confirmed_at = now
    sheet.review_by = timezone.localdate(now + REVIEW_AFTER)


def move_sheet(*, by: User | None, sheet: Sheet, state: EditorialState, reason: str) -> Decision:
    """Put a locked sheet in another state and keep the decision; the callers have checked who and when."""
    decision = Decision.objects.create(
        sheet=sheet, by=by, from_state=sheet.editorial_state, to_state=state, reason=reason
    )
    sheet.editorial_state = state
    sheet.updated_at = sheet.last_activity_at = timezone.now()
    sheet.save()
    publish(SheetDecided(sheet.pk, decision.pk, by.pk if by else None))
    publish(SheetChanged(sheet.pk))
    return decision
