"""The door of received mails: a mail server posts them here, signed with the secret of `MAIL_INBOUND_SECRET`."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt

from commons.drf import TooBig, problem
from commons.errors import NotAllowed, NotFound
from forum.exchange.answers import receive_mail
from forum.exchange.signatures import signature_of

FRESH_SECONDS = 300
MOST_BYTES = 30_000_000


@csrf_exempt
def received(request: HttpRequest) -> HttpResponse:
    """Take one mail as its bytes (`message/rfc822`). Its post's number is answered, or null when there is none.

    `X-Commons-Timestamp` is the second of sending, `X-Commons-Signature` the hexadecimal HMAC-SHA256 of
    `timestamp.body` under the secret. A failure of ours is a 5xx: the server sends it again, nothing is posted twice.
    """
    if not settings.MAIL_INBOUND_SECRET or request.method != "POST":
        return problem(NotFound())
    raw = request.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        return problem(TooBig())
    if not _is_signed(request, raw):
        return problem(NotAllowed())
    post = receive_mail(raw)
    return JsonResponse({"post": post.pk if post else None})


def _is_signed(request: HttpRequest, raw: bytes) -> bool:
    stamp = request.headers.get("X-Commons-Timestamp", "")
    given = request.headers.get("X-Commons-Signature", "").removeprefix("sha256=")
    is_fresh = stamp.isascii() and stamp.isdigit() and abs(time.time() - int(stamp[:12])) <= FRESH_SECONDS
    return is_fresh and constant_time_compare(given, signature_of(stamp, raw))
