"""Writes the log of consents: rows are added, never changed."""

import datetime
from typing import Final

from commons.people.models import Consent, User

PRIVACY_DATE: Final = datetime.date(2026, 11, 27)
"""The day of the privacy page's last change of substance: what a person could read when they agreed."""


def record_consent(*, by: User, purpose: str, is_given: bool, how: str) -> Consent:
    """Note that a person agreed to something, or took it back, through `how`, under today's privacy page."""
    return Consent.objects.create(
        user=by, purpose=purpose, is_given=is_given, version=PRIVACY_DATE.isoformat(), how=how
    )
