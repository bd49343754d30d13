"""Owns the allow-list: the only elements, attributes and schemes that rendered text may contain."""

import re
from typing import Final

import nh3

from commons.text.embeds import FRAME_HOSTS

LINK_REL: Final = "nofollow ugc noopener"
SCHEMES: Final = frozenset({"http", "https", "mailto"})
_BARE: Final = (
    "b",
    "blockquote",
    "br",
    "dd",
    "del",
    "dl",
    "dt",
    "em",
    "figcaption",
    "hr",
    "i",
    "ins",
    "kbd",
    "mark",
    "p",
    "pre",
    "s",
    "small",
    "strong",
    "sub",
    "table",
    "tbody",
    "thead",
    "tr",
    "u",
    "ul",
)
ATTRIBUTES: Final[dict[str, frozenset[str]]] = {
    **{f"h{level}": frozenset({"id"}) for level in range(1, 7)},
    **dict.fromkeys(_BARE, frozenset()),
    "a": frozenset({"href", "title", "class"}),
    "button": frozenset({"class", "type", "hidden", "data-embed", "data-title", "data-scripted"}),
    "code": frozenset({"class"}),
    "div": frozenset({"class", "tabindex", "role", "aria-label"}),
    "figure": frozenset({"class"}),
    "img": frozenset({"src", "alt", "title", "loading", "decoding"}),
    "li": frozenset({"id", "class"}),
    "ol": frozenset({"start"}),
    "span": frozenset({"class", "role", "aria-label"}),
    "sup": frozenset({"id"}),
    "td": frozenset({"class"}),
    "th": frozenset({"class", "scope"}),
}
CLASSES: Final[dict[str, re.Pattern[str]]] = {
    "a": re.compile(r"footnote-ref|footnote-backref|image-link|mention"),
    "button": re.compile(r"btn"),
    "code": re.compile(r"language-[\w+#.-]{1,30}"),
    "div": re.compile(r"footnote|table-scroll"),
    "figure": re.compile(r"embed|embed embed-audio"),
    "li": re.compile(r"task"),
    "span": re.compile(r"task__mark"),
    "td": re.compile(r"is-(left|center|right)"),
    "th": re.compile(r"is-(left|center|right)"),
}
_PLAYERS: Final = tuple(f"https://{host}/" for host in FRAME_HOSTS)
_OWN_PATH: Final = re.compile(r"/[A-Za-z0-9_]")


def _keep(tag: str, attribute: str, value: str) -> str | None:
    """Return the value, or None when the attribute must go: a class is kept only when listed for its element.

    A player's address is kept only on a host that our own frames may show, an image's only when it is a path of ours.
    """
    if (tag, attribute) == ("img", "src") and not _OWN_PATH.match(value):
        return None
    if attribute == "data-embed" and not value.startswith(_PLAYERS):
        return None
    if attribute == "class" and not CLASSES[tag].fullmatch(value):
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(ATTRIBUTES),
    clean_content_tags={"script", "style"},
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    attribute_filter=_keep,
    # Long lines scroll inside their box, which must then be reachable by keyboard.
    set_tag_attribute_values={"pre": {"tabindex": "0"}},
    url_schemes=set(SCHEMES),
    link_rel=LINK_REL,
)


def sanitise(html: str) -> str:
    """Return `html` with nothing but what the allow-list names, well-formed, links marked as the public's own."""
    return _CLEANER.clean(html)
