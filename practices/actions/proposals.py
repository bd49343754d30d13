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
from practices.actions.drafts import PROPOSAL, forget_draft
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
    forget_draft(by=by, sheet=locked, form=PROPOSAL)
    publish(ChangeProposed(proposal.pk, sheet.pk, by.pk))
    return proposal


@transaction.atomic
def decide_proposal(
    *,
    by: User,
    proposal: Proposal,
    is_merged: bool,
    word: str = "",
    settled: Mapping[str, Any] | None = None,
    revision: int = 0,
) -> Proposal:
    """Merge a proposed change into the text and publish it, or decline it; once only.

    A field that the authors changed since, to another value, is a `Conflict` that carries their values and the
    present revision: nothing is overwritten. It merges once `settled` says what such fields shall hold, by who has
    seen that `revision`; what changed after it collides again.
    """
    require(by, "practices.decide_proposal", proposal, see="practices.view_proposal")
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("sheet", "base").get(pk=proposal.pk)
    if locked.state != ProposalState.OPEN:
        raise Conflict(_("Cette proposition a déjà reçu une réponse."), code="decided")
    if is_merged:
        _merge(by=by, proposal=locked, settled=settled or {}, revision=revision)
    locked.state = ProposalState.MERGED if is_merged else ProposalState.DECLINED
    locked.decided_by, locked.decided_at, locked.word = by, timezone.now(), word.strip()[:600]
    locked.save()
    publish(ProposalDecided(locked.pk, locked.sheet_id, by.pk))
    return locked


def _merge(*, by: User, proposal: Proposal, settled: Mapping[str, Any], revision: int) -> None:
    sheet, base, proposed = proposal.sheet, proposal.base.content, proposal.content
    moved = {c for c in proposed if sheet.content.get(c) not in (base.get(c), proposed[c])}
    unseen = {c for c in moved if c not in settled or sheet.stamps.get(c, 0) > revision}
    if unseen:
        raise Conflict(theirs={c: sheet.content.get(c) for c in sorted(unseen)}, revision=sheet.revision)
    values = proposed | {code: settled[code] for code in moved}
    saved = save_sheet(by=by, sheet=sheet, values=values, revision=sheet.revision)
    publish_version(by=by, sheet=saved, reason=proposal.reason)
