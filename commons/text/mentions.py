"""Owns how a text names people: `@camille-d-42`, whose number says who it is, becomes a link to them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

HANDLE: Final = r"(?<![\w@/.:-])@((?:[a-z0-9]{1,40}-){0,12}([0-9]{1,9}))(?![\w@-])"
_HANDLE: Final = re.compile(HANDLE)


@dataclass(frozen=True)
class Named:
    """A person whom a text may name: how their link reads, and where it goes."""

    name: str
    url: str


@dataclass
class Mentions:
    """The people whom a text may name, by number; rendering notes in `named` whom it did name."""

    people: Mapping[int, Named]
    named: set[int] = field(default_factory=set)


def numbers_in(source: str) -> list[int]:
    """Return the numbers of the handles typed in a text, in order, once each: whoever they are, in code too."""
    return list(dict.fromkeys(int(found[2]) for found in _HANDLE.finditer(source)))


class MentionLinks(Extension):
    """Makes links of the handles of these people; any other stays the text it is."""

    def __init__(self, mentions: Mentions) -> None:
        super().__init__()
        self._mentions = mentions

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the parser's name
        """Look for handles after code, links and addresses."""
        md.inlinePatterns.register(_Mention(self._mentions, md), "mention", 93)


class _Mention(InlineProcessor):
    def __init__(self, mentions: Mentions, md: Markdown) -> None:
        super().__init__(HANDLE, md)
        self._mentions = mentions

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the parser's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the link, or nothing for a stranger's handle."""
        person = self._mentions.people.get(int(m[2]))
        if person is None:
            return None, None, None
        self._mentions.named.add(int(m[2]))
        link = Element("a", {"href": person.url, "class": "mention"})
        link.text = AtomicString(f"@{person.name}")
        return link, m.start(0), m.end(0)
