"""Writes the audit trail."""

from commons.moderation.models import AuditEntry
from commons.people.models import Network, User


def note_deed(
    *, by: User, deed: str, kind: str, object_id: object, label: str, url: str = "", why: str = "",
    network: Network | None = None,
) -> None:  # fmt: skip
    """Note who did what to what, and why, for good. Called by the action that does it, in its transaction."""
    AuditEntry.objects.create(
        by=by, deed=deed, kind=kind, object_id=str(object_id), label=label[:200], url=url, why=why, network=network
    )
