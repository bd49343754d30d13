"""Owns the tokens of one-click unsubscribing (RFC 8058): they say whose mails of which kind stop, without a session."""

from django.core import signing

from commons.errors import NotFound

_SALT = "notices.stop"
DIGEST = "digest"
"""What the link of a digest stops, beside the kinds."""


def stop_token(user_id: int, kind: str) -> str:
    """Return the token that stops a person's mails of a kind, or their digest; it never expires."""
    return signing.Signer(salt=_SALT).sign(f"{user_id}.{kind}")


def read_stop_token(token: str) -> tuple[int, str]:
    """Return the person and the kind; raise `NotFound` for a token that is not ours."""
    try:
        user_id, _dot, kind = signing.Signer(salt=_SALT).unsign(token).partition(".")
    except signing.BadSignature as error:
        raise NotFound from error
    return int(user_id), kind
