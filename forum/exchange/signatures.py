"""Owns how a mail server signs the mails it brings: an HMAC-SHA256 under the secret that both know."""

import hashlib
import hmac

from django.conf import settings


def signature_of(stamp: str, raw: bytes) -> str:
    """Return the hexadecimal signature of a mail sent at that second."""
    return hmac.new(settings.MAIL_INBOUND_SECRET.encode(), f"{stamp}.".encode() + raw, hashlib.sha256).hexdigest()
