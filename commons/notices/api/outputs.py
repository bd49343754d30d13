"""Turns notices into JSON values: the one output of the noun."""

from typing import Any

from django.conf import settings

from commons.notices.queries import Line


def notice_row(line: Line) -> dict[str, Any]:
    """Return a notice as its person reads it, in words; `subject` names what it is about (`thread:…`)."""
    notice = line.notice
    names = ("id", "kind", "subject", "count", "created_at", "changed_at", "read_at")
    return {name: getattr(notice, name) for name in names} | {
        "sentence": line.sentence,
        "url": f"{settings.SITE_URL}{line.url}",
    }
