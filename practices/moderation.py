"""What practices bring to moderation: sheets that can be reported."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from commons.moderation import subjects
from practices.queries import sheets_visible_to


def _found(user: Any, key: str) -> subjects.Reported | None:
    sheet = sheets_visible_to(user).select_related("network", "created_by").filter(pk=key).first()
    if sheet is None:
        return None
    return subjects.Reported(sheet.title, sheet.get_absolute_url(), sheet.summary, sheet.created_by, sheet.network)


def register() -> None:
    """Let sheets be reported."""
    subjects.register(subjects.Subject("sheet", _("Fiche"), _found))
