"""A strict reading of HTML, independent from what produced it: refuses anything a browser would have to repair."""

from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

import pytest

VOID = {"br", "hr", "img"}


@dataclass
class Element:
    """An element as read: its name, its attributes decoded."""

    tag: str
    attributes: dict[str, str]


@dataclass
class Reading:
    """Every element in order, and the text."""

    elements: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, *tags: str) -> list[Element]:
        """Return the elements of these names, in order."""
        return [element for element in self.elements if element.tag in tags]

    def values(self, name: str) -> list[str]:
        """Return every value of an attribute, in order."""
        return [element.attributes[name] for element in self.elements if name in element.attributes]


class _StrictParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.reading = Reading()
        self.stack: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"repeated attribute in {self.get_starttag_text()}"
        assert all(value is not None for _, value in attrs), f"attribute without value in {self.get_starttag_text()}"
        if tag not in VOID:
            self.stack.append(tag)
        self.reading.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack, f"</{tag}> closes nothing"
        assert self.stack.pop() == tag, f"</{tag}> out of order"

    def handle_data(self, data: str) -> None:
        assert "<" not in data, f"bare < in {data!r}"
        assert ">" not in data, f"bare > in {data!r}"
        self.reading.text += data

    def handle_entityref(self, name: str) -> None:
        self.reading.text += unescape(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.reading.text += unescape(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"comment: {data!r}")

    def handle_decl(self, decl: str) -> None:
        pytest.fail(f"declaration: {decl!r}")

    def handle_pi(self, data: str) -> None:
        pytest.fail(f"processing instruction: {data!r}")

    def unknown_decl(self, data: str) -> None:
        pytest.fail(f"marked section: {data!r}")


def read_strictly(html: str) -> Reading:
    """Return the reading of `html`; fails saying what is not well-formed."""
    parser = _StrictParser()
    parser.feed(html)
    parser.close()
    assert parser.stack == [], f"never closed: {parser.stack}"
    return parser.reading
