"""What events bring to moderation: workshop series that can be reported."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from commons.moderation import subjects
from commons.text.excerpts import text_of_html
from events.queries import series_visible_to


def _found(user: Any, key: str) -> subjects.Reported | None:
    series = series_visible_to(user).select_related("network", "created_by").filter(pk=key).first()
    if series is None:
        return None
    about = text_of_html(series.about_html)
    return subjects.Reported(series.title, series.get_absolute_url(), about, series.created_by, series.network)


def register() -> None:
    """Let workshops be reported."""
    subjects.register(subjects.Subject("series", _("Atelier"), _found))
