"""Owns the addresses that mails are answered to: `reply+<token>@domain` names one delivery, and only we can write it.

The token survives what mail servers do to the left of an address: lower case only, well under 64 characters.
"""

import base64

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from commons.notices.models import Delivery

PREFIX = "reply+"
_SALT = "notices.reply"
_SIGNATURE_BYTES = 15


def reply_address(delivery: Delivery) -> str:
    """Return where a person answers this mail; empty when no domain takes answers (`MAIL_REPLY_DOMAIN`)."""
    domain = settings.MAIL_REPLY_DOMAIN
    return f"{PREFIX}{reply_token(delivery.pk)}@{domain}" if domain else ""


def reply_token(pk: int) -> str:
    """Return the token of a delivery: its number and 120 bits that prove it is ours."""
    return f"{pk}-{_signature(str(pk))}"


def read_reply_token(token: str) -> Delivery | None:
    """Return the delivery that a token names, with its notice and person; `None` for a forged or an outdated one.

    Who answers is `delivery.notice.user`, what they answer `delivery.notice.subject` (`thread:…`). Whether they may
    still answer is for the action that posts. A whole address, or its left part, may be given as well.
    """
    number, _dash, signature = token.strip().lower().partition("@")[0].removeprefix(PREFIX).partition("-")
    if not number.isascii() or not number.isdigit() or not constant_time_compare(signature, _signature(number)):
        return None
    return Delivery.objects.select_related("notice__user").filter(pk=int(number)).first()


def _signature(number: str) -> str:
    digest = salted_hmac(_SALT, number, algorithm="sha256").digest()[:_SIGNATURE_BYTES]
    return base64.b32encode(digest).decode().lower()
