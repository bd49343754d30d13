"""Checks the HTML of a mail by what mail programs can show, and by what people need to read it."""

from html.parser import HTMLParser
from itertools import pairwise

MOST_BYTES = 60_000
VOID = {"meta", "br", "hr", "img", "link", "input", "col"}
REFUSED = {"script", "style", "link", "iframe", "form", "video", "audio", "svg", "object", "input", "button"}


class _Reader(HTMLParser):
    """Reads a mail and notes what is wrong in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.title = ""
        self.headings: list[int] = []
        self.widths: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.seen.add(tag)
        if tag in REFUSED:
            self.faults.append(f"<{tag}>")
        if tag not in VOID:
            self.open.append(tag)
        self._check(tag, values)

    def _check(self, tag: str, values: dict[str, str]) -> None:
        self.faults += [f"{tag} {name}" for name in values if name.startswith("on") or name in ("class", "background")]
        self.faults += [f"{tag} calls outside" for value in values.values() if "url(" in value]
        if tag == "html" and not values.get("lang"):
            self.faults.append("no language")
        if tag == "table" and values.get("role") != "presentation":
            self.faults.append("a table for layout without role=presentation")
        if tag == "img":
            self.faults += [] if "alt" in values else ["an image without alt"]
            self.faults += ["an image from outside"] if values.get("src", "").startswith(("http", "//")) else []
        if tag == "a" and not values.get("href", "").startswith(("http://", "https://", "mailto:")):
            self.faults.append(f"a link to {values.get('href')!r}")
        if tag in ("h1", "h2", "h3"):
            self.headings.append(int(tag[1]))
        if (width := values.get("width", "")).isdigit():
            self.widths.append(int(width))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title":
            self.title += data


def faults_of_mail(html: str) -> list[str]:
    """Return what is wrong: scripts, what comes from outside, no title, a wrong outline, too much weight."""
    reader = _Reader()
    reader.feed(html)
    faults = reader.faults
    if not html.lstrip().startswith("<!doctype html>"):
        faults.append("no doctype")
    if not reader.title.strip():
        faults.append("no title")
    if reader.open:
        faults.append(f"never closed: {reader.open}")
    if 'name="color-scheme" content="light dark"' not in html:
        faults.append("nothing said of the dark")
    outline = reader.headings
    if outline[:1] != [1] or outline.count(1) != 1 or any(b - a > 1 for a, b in pairwise(outline)):
        faults.append(f"outline {outline}")
    if any(width > 600 for width in reader.widths):
        faults.append("wider than 600")
    if len(html.encode()) > MOST_BYTES:
        faults.append(f"{len(html.encode())} bytes")
    return faults
