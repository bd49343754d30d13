"""Owns which addresses found in people's text may be linked to, and which images may be shown."""

import html
import re

from commons.text.sanitiser import SCHEMES

_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]+")
_SCHEME = re.compile(r"([^/?#:]*):")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]+")


def linkable(address: str) -> str | None:
    """Return the address as it may stand in a link, or None for a scheme that is not http, https or mailto.

    Entities are decoded first and blanks at both ends dropped: what is judged is what a browser would see. People
    write `www.exemple.fr` for an address: so it is read.
    """
    address = html.unescape(address).strip()
    scheme = _SCHEME.match(_INVISIBLE.sub("", address))
    if scheme and scheme[1].lower() not in SCHEMES:
        return None
    if re.match(r"www\.\w", address, re.IGNORECASE):
        return f"https://{address}"
    return address or None


def is_web(address: str) -> bool:
    """Whether the address is a whole http or https one."""
    return re.match(r"https?://[^/]", address, re.IGNORECASE) is not None


def is_own_image(address: str, allowed: tuple[str, ...]) -> bool:
    """Whether the address is one of our own media: under an allowed path, with nothing that climbs out of it."""
    return address.startswith(allowed) and bool(_PLAIN_PATH.fullmatch(address)) and ".." not in address
