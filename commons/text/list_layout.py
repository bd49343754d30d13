"""Owns the layout of lists: what people type is re-indented into what the parser understands.

Editors start a list right under a sentence, nest with two spaces, or mix bullets and numbers. The parser
wants a blank line before a list and four spaces a level.
"""

import re
from dataclasses import dataclass, field
from itertools import groupby

from markdown import Markdown
from markdown.preprocessors import Preprocessor

_ITEM = re.compile(r"(?P<indent> *)(?P<marker>[-*+]|\d{1,9}\.)(?P<gap> +)(?P<text>\S.*)")
_RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,})")
_QUOTE = re.compile(r" {0,3}> ?")
_STEP = 2
_MAX_DEPTH = 12


@dataclass(slots=True)
class _Layout:
    """What has been read so far: the indents of the open items, and the kind of the last one."""

    lines: list[str] = field(default_factory=list)
    open_indents: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    after_blank: bool = True

    def add(self, line: str) -> None:
        """Take one line of the source."""
        item = None if _RULE.fullmatch(line) else _ITEM.fullmatch(line)
        if item and self._starts_item(item):
            self._add_item(item)
        elif line.strip():
            self._add_text(line)
        else:
            self.lines.append("")
        self.after_blank = not line.strip()

    def add_quote(self, inner: list[str]) -> None:
        """Take a quotation; it closes the lists that are open."""
        self.open_indents.clear()
        self.kinds.clear()
        self.lines.extend(f"> {line}" for line in inner)
        self.after_blank = False

    def _starts_item(self, item: re.Match[str]) -> bool:
        """Whether this is an item: in running text only 1 opens a numbered list, so that a year stays a year."""
        return bool(self.open_indents) or self.after_blank or item["marker"] in {"-", "*", "+", "1."}

    def _add_item(self, item: re.Match[str]) -> None:
        indent, kind = len(item["indent"]), "ol" if item["marker"][-1] == "." else "ul"
        starts = not self.open_indents
        while self.open_indents and indent < self.open_indents[-1] + _STEP:
            self.open_indents.pop()
            closed = self.kinds.pop()
            changes = not self.open_indents or indent >= self.open_indents[-1] + _STEP
            starts = changes and closed != kind
        if starts and not self.after_blank:
            self.lines.append("")
        depth = min(len(self.open_indents), _MAX_DEPTH)
        self.open_indents.append(indent)
        self.kinds.append(kind)
        self.lines.append(f"{'    ' * depth}{item['marker']} {item['text']}")

    def _add_text(self, line: str) -> None:
        if not self.after_blank:
            self.lines.append(line.lstrip(" ") if self.open_indents else line)
            return
        indent = len(line) - len(line.lstrip(" "))
        while self.open_indents and indent < self.open_indents[-1] + _STEP:
            self.open_indents.pop()
            self.kinds.pop()
        self.lines.append("    " * min(len(self.open_indents), _MAX_DEPTH) + line.lstrip(" "))


class ListLayout(Preprocessor):
    """Lays lists out for the parser; runs after fenced code has been put aside."""

    def __init__(self, md: Markdown) -> None:
        """Attach to `md`."""
        super().__init__(md)

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines, lists re-indented, in one pass for each level of quotation."""
        return _laid_out(lines)


def _laid_out(lines: list[str]) -> list[str]:
    """Lay out the lines; a quotation is a text of its own, laid out inside its marks."""
    layout = _Layout()
    for is_quoted, group in groupby(lines, key=lambda line: _QUOTE.match(line) is not None):
        if is_quoted:
            inner = _laid_out([_QUOTE.sub("", line, count=1) for line in group])
            layout.add_quote(inner)
            continue
        for line in group:
            layout.add(line)
    return layout.lines
