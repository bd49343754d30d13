"""Owns the last pass over parsed text: headings in order, unique ids, links and images that may be shown."""

import html
import re
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from commons.text.addresses import is_own_image, linkable
from commons.text.normalise import slug_for

_HEADING = re.compile(r"h[1-6]")
_TASK = re.compile(r"\[([ xX])\][ \n]")


def _text_of(element: Element) -> str:
    """Return the text of an element, entities decoded."""
    return html.unescape("".join(element.itertext())).strip()


class Finishing(Treeprocessor):
    """Turns the parser's tree into what a page of ours may contain; runs last."""

    def __init__(self, md: Markdown, *, prefix: str, heading_level: int, images_under: tuple[str, ...]) -> None:
        """Keep what the caller decided."""
        super().__init__(md)
        self._prefix = prefix
        self._top_level = heading_level
        self._images_under = images_under
        self._ids: dict[str, str] = {}

    def run(self, root: Element) -> None:
        """Finish the tree in place."""
        self._finish_headings(root)
        self._finish_ids(root)
        self._finish_links(root, inside_link=False)
        for parent in list(root.iter()):
            if parent.tag == "li":
                _finish_task(parent)
            _finish_tables(parent)

    def _finish_headings(self, root: Element) -> None:
        """Set levels by nesting, from the caller's level and without a gap, whatever the author jumped over."""
        above: list[int] = []
        for heading in [element for element in root.iter() if _HEADING.fullmatch(element.tag)]:
            if not _text_of(heading):
                heading.tag = "p"
                continue
            typed = int(heading.tag[1])
            while above and above[-1] >= typed:
                above.pop()
            heading.tag = f"h{min(self._top_level + len(above), 6)}"
            heading.set("id", slug_for(_text_of(heading)) or "section")
            above.append(typed)

    def _finish_ids(self, root: Element) -> None:
        """Prefix every id, make it unique, and point the links inside the text to it."""
        for element in root.iter():
            if name := element.get("id"):
                element.set("id", self._unique(name))
        for link in root.iter("a"):
            target = link.get("href", "")
            if target.startswith("#"):
                link.set("href", "#" + self._ids.get(target[1:], self._cleaned(target[1:])))

    def _cleaned(self, name: str) -> str:
        return f"{self._prefix}-{re.sub(r'[^a-zA-Z0-9_-]+', '-', name)}"

    def _unique(self, name: str) -> str:
        """Return the page-wide id for `name`; a name met again gets a number, links keep to the first."""
        taken = set(self._ids.values())
        base = candidate = self._cleaned(name)
        number = 1
        while candidate in taken:
            number += 1
            candidate = f"{base}-{number}"
        self._ids.setdefault(name, candidate)
        self._ids[f"{name}\n{number}"] = candidate
        return candidate

    def _finish_links(self, element: Element, *, inside_link: bool) -> None:
        if element.tag == "img":
            self._finish_image(element, inside_link=inside_link)
        elif element.tag == "a":
            _finish_link(element)
        for child in element:
            self._finish_links(child, inside_link=inside_link or element.tag == "a")

    def _finish_image(self, image: Element, *, inside_link: bool) -> None:
        """Show our own media; link to the others, so that reading a page asks nothing of another site."""
        source, alt = image.get("src", "").strip(), image.get("alt", "")
        if is_own_image(source, self._images_under):
            image.attrib.update({"loading": "lazy", "alt": alt})
            return
        tail = image.tail
        image.clear()
        image.tail, image.text = tail, alt or source
        image.tag = "span" if inside_link else "a"
        if not inside_link:
            image.attrib.update({"href": source, "class": "image-link"})
            _finish_link(image)


def _finish_link(link: Element) -> None:
    """Keep a link that leads somewhere and says something; otherwise keep its words."""
    address = linkable(link.get("href", ""))
    if not address:
        link.tag = "span"
        link.attrib.clear()
        return
    link.set("href", address)
    if not _text_of(link) and link.find(".//img") is None:
        link.text = address


def _finish_task(item: Element) -> None:
    """Turn `[ ]` or `[x]` at the start of an item into a mark that is also said aloud."""
    holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
    text = (holder.text or "").lstrip()
    found = _TASK.match(text)
    if not found:
        return
    done = found[1] != " "
    label = _("Fait") if done else _("À faire")
    mark = Element("span", {"class": "task__mark", "role": "img", "aria-label": label})
    mark.text = "☑" if done else "☐"
    mark.tail = " " + text[found.end() :]
    holder.text = None
    holder.insert(0, mark)
    item.set("class", "task")


def _finish_tables(parent: Element) -> None:
    """Let a wide table scroll by itself, by keyboard too; alignment by class, since styles are refused."""
    for place, table in enumerate(list(parent)):
        if table.tag != "table":
            continue
        box = Element("div", {"class": "table-scroll", "tabindex": "0", "role": "group", "aria-label": _("Tableau")})
        box.tail, table.tail = table.tail, None
        box.append(table)
        parent[place] = box
        for cell in table.iter():
            if side := cell.attrib.pop("align", ""):
                cell.set("class", f"is-{side}")
            if cell.tag == "th":
                cell.set("scope", "col")
