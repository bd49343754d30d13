"""Writes the changes that readers propose."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid
from commons.people.models import User
from commons.permissions import require
from practices.actions.sheets import locked_sheet, save_sheet
from practices.actions.versions import publish_version
from practices.enums import ProposalState
from practices.fields import changed_values
from practices.models import Proposal, Sheet
from practices.signals import ChangeProposed, ProposalDecided


@transaction.atomic
def propose_change(*, by: User, sheet: Sheet, values: Mapping[str, Any], reason: str) -> Proposal:
    """Propose new values for some fields of the published text, and say why; an author then decides."""
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.propose_change")
    base = locked.versions.latest("number")
    changed = changed_values(values, base.content, genre=locked.kind)
    if not changed:
        raise Invalid({"": [_("Cette proposition ne change rien.")]}, code="unchanged")
    if not reason.strip():
        raise Invalid({"reason": [_("Dites en un mot ce que vous changez et pourquoi.")]})
    proposal = Proposal.objects.create(sheet=locked, base=base, content=changed, by=by, reason=reason.strip())
    publish(ChangeProposed(proposal.pk, sheet.pk, by.pk))
    return proposal


@transaction.atomic
def decide_proposal(*, by: User, proposal: Proposal, is_merged: bool, word: str = "") -> Proposal:
    """Merge a proposed change into the text and publish it, or decline it; once only.

    Merging takes the reader's values as they are: a field that the authors changed since is a `Conflict` that
    carries the present values, to be settled by hand.
    """
    require(by, "practices.decide_proposal", proposal, see="practices.view_proposal")
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("sheet", "base").get(pk=proposal.pk)
    if locked.state != ProposalState.OPEN:
        raise Conflict(_("Cette proposition a déjà reçu une réponse."), code="decided")
    if is_merged:
        _merge(by=by, proposal=locked)
    locked.state = ProposalState.MERGED if is_merged else ProposalState.DECLINED
    locked.decided_by, locked.decided_at, locked.word = by, timezone.now(), word.strip()[:600]
    locked.save()
    publish(ProposalDecided(locked.pk, locked.sheet_id, by.pk))
    return locked


def _merge(*, by: User, proposal: Proposal) -> None:
    sheet = proposal.sheet
    base = proposal.base.content
    theirs = {c: sheet.content.get(c) for c in proposal.content if sheet.content.get(c) != base.get(c)}
    if theirs:
        raise Conflict(theirs=theirs, revision=sheet.revision)
    saved = save_sheet(by=by, sheet=sheet, values=proposal.content, revision=sheet.revision)
    publish_version(by=by, sheet=saved, reason=proposal.reason)
