"""Owns our dialect of Markdown: what the parser recognises beyond, and instead of, its defaults.

No raw HTML goes through: a short list of tags is recognised as marks of the dialect, the rest stays text and is shown
as it was typed.
"""

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    InlineProcessor,
    SimpleTagInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import AtomicString

from commons.text.addresses import is_web, linkable
from commons.text.embeds import embed_for, placeholder
from commons.text.list_layout import ListLayout

_IFRAME = r"(?i:<iframe\b([^<>]{0,4000})>\s*(?:</iframe\s*>)?)"
_WRAPPER = r"(?i:</?(?:div|p|center|figure|span)\b[^<>]{0,400}>\s*)"
_ALONE = re.compile(
    rf"^ {{0,3}}(?:{_WRAPPER}{{0,8}}{_IFRAME}\s*{_WRAPPER}{{0,8}}|<?(https?://[^\s<>]+)>?) *$", re.MULTILINE
)
_PAIRED_TAG = r"<((?i:b|strong|i|em|u|s|del|ins|sub|sup|kbd|mark|small))>(.+?)</\1>"
_BARE_ADDRESS = r"(?<![\w@/:.&=?-])((?:https?://|www\.)[^\s<>\"«»“”\x02\x03]+)"
_TRAILING = ".,;:!?'’*_~…"
_CLOSERS = {")": "(", "]": "[", "}": "{"}


def _attribute(tag: str, name: str) -> str:
    """Return the decoded value of one attribute of a typed tag, empty when absent."""
    found = re.search(rf"""(?i:(?<![\w-]){name})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", tag)
    return html.unescape(next((value for value in found.groups() if value), "")).strip() if found else ""


def _link(address: str, text: str) -> Element:
    """Return a link whose text is taken as it is."""
    link = Element("a", {"href": address})
    link.text = AtomicString(text)
    return link


class _Headings(HashHeaderProcessor):
    """`## Titre` and `##Titre`, but `#mot` stays a word: one # without a space is a hashtag here."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{2,6}|#(?= ))(?P<header>(?:\\.|[^\\\n])*?)#*(?:\n|$)")


class _Embeds(BlockProcessor):
    """A frame, or the address of a listed player, alone on its line becomes a player on demand."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether some line of the block is one."""
        return next(self._all(block), None) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Put the player in its own block, between what comes before and after."""
        block = blocks.pop(0)
        match, element = next(self._all(block))
        if before := block[: match.start()].strip("\n"):
            self.parser.parseBlocks(parent, [before])
        parent.append(element)
        if after := block[match.end() :].strip("\n"):
            blocks.insert(0, after)

    def _all(self, block: str) -> Iterator[tuple[re.Match[str], Element]]:
        for match in _ALONE.finditer(block):
            element = self._element(match)
            if element is not None:
                yield match, element

    def _element(self, match: re.Match[str]) -> Element | None:
        frame, address = match.groups()
        source = address or _attribute(frame, "src")
        paragraph = Element("p")
        if embed := embed_for(source, _attribute(frame or "", "title")):
            paragraph.text = AtomicString(self.parser.md.htmlStash.store(placeholder(embed)))
        elif not address and is_web(source):
            paragraph.append(_link(source, source))
        else:
            return None
        return paragraph


class _PairedTag(SimpleTagInlineProcessor):
    """A typed pair of formatting tags, `<sup>e</sup>`; one that is never closed stays text."""

    def __init__(self) -> None:
        """Compile the pattern; the tag is the one typed."""
        super().__init__(_PAIRED_TAG, "")

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element, int, int]:
        """Return the element."""
        element = Element(m[1].lower())
        element.text = m[2]
        return element, m.start(), m.end()


class _TypedLink(InlineProcessor):
    """`<a href="…">texte</a>` with an address that may be linked."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the link, or nothing so that the tag stays text."""
        address = linkable(_attribute(m[1], "href"))
        if not address:
            return None, None, None
        link = Element("a", {"href": address})
        link.text = m[2]
        return link, m.start(), m.end()


class _TypedImage(InlineProcessor):
    """`<img src="…" alt="…">` with a web address or one of ours; what is shown is decided when finishing."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the image, or nothing so that the tag stays text."""
        source = _attribute(m[1], "src")
        if not is_web(source) and not re.match("/[^/]", source):
            return None, None, None
        return Element("img", {"src": source, "alt": _attribute(m[1], "alt")}), m.start(), m.end()


class _TypedFrame(InlineProcessor):
    """A frame inside a sentence: a plain link to what it would have shown."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the link, or nothing so that the tag stays text."""
        source = _attribute(m[1], "src")
        if not is_web(source):
            return None, None, None
        return _link(source, source), m.start(), m.end()


class _BareAddress(InlineProcessor):
    """`https://…` or `www.…` in running text, without the punctuation of the sentence around it."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the link, or nothing for a scheme alone."""
        text = _without_punctuation(m[1])
        address = text if "://" in text else f"https://{text}"
        if not re.match(r"https?://(?:www\.)?\w", address):
            return None, None, None
        return _link(address, text), m.start(), m.start() + len(text)


def _without_punctuation(address: str) -> str:
    """Return the address up to the punctuation that ends it; a bracket stays when it was opened inside."""
    end = len(address)
    while end and (
        address[end - 1] in _TRAILING
        or (address[end - 1] in _CLOSERS and _CLOSERS[address[end - 1]] not in address[:end])
    ):
        end -= 1
    return address[:end]


class _Nothing(InlineProcessor):
    """A typed comment: not shown."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[str, int, int]:
        """Return an empty text."""
        return "", m.start(), m.end()


class Dialect(Extension):
    """Everything above, put where it belongs in the parser's order."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Replace raw HTML and indented code by our own marks."""
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(ListLayout(md), "list_layout", 15)
        self._add_blocks(md.parser)
        self._add_marks(md)
        md.ESCAPED_CHARS.extend(["~", "<", ":"])

    def _add_blocks(self, parser: BlockParser) -> None:
        """Pasted paragraphs are often indented: only fences make code."""
        parser.blockprocessors.deregister("code")
        parser.blockprocessors.register(_Headings(parser), "hashheader", 70)
        parser.blockprocessors.register(_Embeds(parser), "embeds", 75)

    def _add_marks(self, md: Markdown) -> None:
        for name in ("html", "entity"):
            md.inlinePatterns.deregister(name)
        marks = {
            "comment": (_Nothing(r"<!--.*?-->", md), 119),
            "typed_frame": (_TypedFrame(_IFRAME, md), 118),
            "typed_link": (_TypedLink(r"(?i:<a\s([^<>]{1,4000})>(.+?)</a>)", md), 117),
            "typed_image": (_TypedImage(r"(?i:<img\s([^<>]{1,4000})>)", md), 116),
            "bare_address": (_BareAddress(_BARE_ADDRESS, md), 115),
            "typed_break": (SubstituteTagInlineProcessor(r"(?i:<br *\/?>)", "br"), 95),
            # The parser looks inside a mark with the later ones only: tags may be nested three deep.
            **{f"paired_tag_{depth}": (_PairedTag(), 90 - depth) for depth in range(3)},
            "strike": (SimpleTagInlineProcessor(r"(~~)(?=\S)(.+?)(?<=\S)~~", "del"), 55),
            "new_line": (SubstituteTagInlineProcessor(r"\n", "br"), 5),
        }
        for name, (mark, priority) in marks.items():
            md.inlinePatterns.register(mark, name, priority)
