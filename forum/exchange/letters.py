"""Reads a received mail: who sent it, to which of our addresses, whether a program wrote it, and what it says."""

import hashlib
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses

from commons.notices.replies import PREFIX
from commons.text.replies import reply_in, text_of_mail

ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
LISTS = ("bulk", "junk", "list", "auto_reply", "auto-reply")
PROGRAMS = ("mailer-daemon", "postmaster", "no-reply", "noreply")
MARKS = ("x-autoreply", "x-autorespond", "x-auto-response", "list-id", "x-failed-recipients")
HEADERS_LIMIT = 64_000


@dataclass(frozen=True)
class Letter:
    """A received mail. `digest` is the same whenever the mail comes; `tokens` are the left parts of our addresses."""

    sender: str
    tokens: tuple[str, ...]
    digest: str
    subject: str
    identifier: str
    text: str
    attachment_count: int
    is_automatic: bool


def read_letter(raw: bytes) -> Letter:
    """Return what a mail says; of a mail that is no mail, a letter from nobody to nobody."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what the policy makes
    identifier = _header(message, "message-id")
    addresses = getaddresses([_header(message, name) for name in ADDRESSED])
    lefts = (address.lower().partition("@")[0] for _name, address in addresses)
    return Letter(
        sender=_sender(message),
        tokens=tuple(dict.fromkeys(left for left in lefts if left.startswith(PREFIX))),
        digest=hashlib.sha256((identifier or repr(raw)).encode()).hexdigest()[:40],
        subject=_header(message, "subject"),
        identifier=identifier,
        text=_text(message),
        attachment_count=sum(1 for part in message.walk() if part.get_content_disposition() == "attachment"),
        is_automatic=_is_automatic(message),
    )


def read_envelope(raw: bytes) -> Letter:
    """Return the letter of a mail too heavy to be read: its headers only."""
    end = raw.find(b"\n\n") if b"\r\n\r\n" not in raw[:HEADERS_LIMIT] else raw.find(b"\r\n\r\n")
    return read_letter(raw[: min(end, HEADERS_LIMIT) if end > 0 else HEADERS_LIMIT])


def _header(message: EmailMessage, name: str) -> str:
    """Return a header's values on one line; one that cannot be parsed is as it was sent."""
    return " ".join(", ".join(str(value) for value in message.get_all(name, [])).split())


def _sender(message: EmailMessage) -> str:
    addresses = getaddresses([_header(message, "from")])
    return addresses[0][1].lower() if len(addresses) == 1 else ""


def _is_automatic(message: EmailMessage) -> bool:
    """Tell whether a program wrote it (RFC 3834): it is never answered, or two programs would talk for ever."""
    submitted = _header(message, "auto-submitted").partition(";")[0].strip().lower()
    left = _sender(message).partition("@")[0]
    return (
        submitted not in ("", "no")
        or _header(message, "precedence").lower() in LISTS
        or any(name in message for name in MARKS)
        or message.get_content_type() in ("multipart/report", "message/delivery-status")
        or _header(message, "return-path") == "<>"
        or left in PROGRAMS
        or left.startswith(PREFIX)
    )


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    data = body.get_payload(decode=True)
    assert isinstance(data, bytes)  # noqa: S101 - a part that is no container
    try:
        text = data.decode(body.get_content_charset() or "utf-8", "replace")
    except LookupError:  # a charset that nobody knows
        text = data.decode("latin-1")
    if body.get_content_type() == "text/html":
        return reply_in(text_of_mail(text))
    return reply_in(_flowed(text) if body.get_param("format") == "flowed" else text)


def _flowed(text: str) -> str:
    """Join the lines that the client broke for old screens (RFC 3676): they end with a space."""
    lines: list[str] = []
    is_open = False
    for line in text.replace("\r\n", "\n").split("\n"):
        if is_open and not line.startswith(">") and line != "-- ":
            lines[-1] += line
        else:
            lines.append(line)
        is_open = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(lines)
