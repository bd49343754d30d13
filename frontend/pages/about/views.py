"""The pages in which the site speaks of itself: they say what is true of this software, and what its host declares."""

from typing import Any

from django.conf import settings
from django.views.generic import TemplateView

from commons.people.actions.consents import PRIVACY_DATE


class AboutView(TemplateView):
    """One page; the operator's names and address come from the settings, and the page says when there are none."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who publishes, who hosts, whom to write to, and the day of the privacy page."""
        declared = {
            "publisher": settings.SITE_PUBLISHER,
            "host": settings.SITE_HOST,
            "contact": settings.SITE_CONTACT,
            "privacy_date": PRIVACY_DATE,
        }
        return super().get_context_data(**kwargs) | declared
