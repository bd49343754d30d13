"""Owns what of a mail is the answer itself: without what it quotes, without signature, in French and English."""

import re
from html.parser import HTMLParser

ATTRIBUTION = re.compile(r"^(?:le|on)\b.{6,300}?\b(?:a\s+[ée]crit|wrote)\s*:\s*$", re.IGNORECASE | re.DOTALL)
"""« Le 23 nov. 2026 à 14:02, Commons <…> a écrit : », over as many lines as the client broke it into."""
BROKEN_INTO = 4
SEPARATOR = re.compile(
    r"^\s*(?:-{3,}\s*(?:message d.origine|message transféré|original message|forwarded message)\s*-{3,}|_{10,})\s*$",
    re.IGNORECASE,
)
FROM_LINE = re.compile(r"^\s*\*?(?:de|from)\s?:\*?\s", re.IGNORECASE)
NEXT_LINE = re.compile(r"^\s*\*?(?:envoyé|date|à|sent|to|objet|subject)\s?:\*?\s", re.IGNORECASE)
SENT_FROM = re.compile(
    r"^(?:envoyé (?:de|depuis|à partir d[e’']|avec) ?.{2,60}|sent (?:from|with|via) .{2,60}"
    r"|(?:obtenir|télécharger|get|download) outlook .{2,80})$",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"^(?:(?:bien )?cordialement|bien à (?:vous|toi)|(?:très )?amicalement|(?:belle|bonne) (?:journée|soirée|semaine)"
    r"|à (?:bientôt|très vite)|sincères salutations|(?:best|kind|warm) regards|regards|best|cheers|sincerely"
    r"|yours (?:sincerely|truly)|all the best|many thanks)\s*[,.!]*$",
    re.IGNORECASE,
)
LONGEST_SIGNATURE = 12


def reply_in(text: str) -> str:
    """Return what the writer of a mail wrote, whatever the client put around it.

    Lines that quote go, and so do the line above them that says whose they are, the block of headers by which Outlook
    begins the quoted mail with all that follows, and signatures: below `--`, « Envoyé de mon… », or a last
    « Cordialement, » with its few lines. Answers between quoted lines are kept.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\xa0", " ").split("\n")]
    lines = lines[: _end(lines)]
    kept = [line for line in _without_attributions(lines) if not line.lstrip().startswith(">")]
    for number, line in enumerate(kept):
        if line.strip() in ("--", "—") or SENT_FROM.match(line.strip()):
            kept = kept[:number]
            break
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_without_closing(kept))).strip()


def _end(lines: list[str]) -> int:
    """Return where a mail quoted whole, without a sign on each line, begins."""
    for number, line in enumerate(lines):
        following = [one for one in lines[number + 1 : number + 4] if one.strip()]
        if SEPARATOR.match(line) or (FROM_LINE.match(line) and following and NEXT_LINE.match(following[0])):
            return number
        height = _attribution_height(lines, number)
        rest = [one for one in lines[number + height :] if one.strip()]
        if height and rest and not rest[0].lstrip().startswith(">"):
            return number
    return len(lines)


def _attribution_height(lines: list[str], number: int) -> int:
    """Return over how many lines an attribution that begins here goes; 0 when none does."""
    for height in range(1, BROKEN_INTO + 1):
        if ATTRIBUTION.match("\n".join(lines[number : number + height]).strip()):
            return height
        if not any(lines[number + height - 1 : number + height]):
            break
    return 0


def _without_attributions(lines: list[str]) -> list[str]:
    kept: list[str] = []
    number = 0
    while number < len(lines):
        height = _attribution_height(lines, number)
        if not height:
            kept.append(lines[number])
        number += height or 1
    return kept


def _without_closing(lines: list[str]) -> list[str]:
    """Cut a last polite formula and the name, house and telephone below it; a mail that is only polite stays."""
    said = [number for number, line in enumerate(lines) if line.strip()]
    for number in said[1:]:
        if CLOSING.match(lines[number].strip()) and said[-1] - number <= LONGEST_SIGNATURE:
            return lines[:number]
    return lines


QUOTING = {
    "gmail_quote",
    "gmail_quote_container",
    "moz-cite-prefix",
    "yahoo_quoted",
    "gmail_signature",
    "moz-signature",
}
OUTLOOK = {"divrplyfwdmsg", "appendonsend", "mail-editor-reference-message-container"}
BREAKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "hr"}
EMPTY = {"br", "hr", "img", "input", "meta", "link", "col", "wbr"}


class _Text(HTMLParser):
    """The text of a mail's HTML, without what a client marked as quoted or as a signature."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0
        self._is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note breaks, and hide what is quoted, with all that is in it."""
        facts = {name: (value or "").lower() for name, value in attrs}
        self._is_over = self._is_over or facts.get("id", "") in OUTLOOK
        is_quote = tag in ("blockquote", "style", "head", "script") or bool(
            QUOTING & set(facts.get("class", "").split())
        )
        if tag not in EMPTY and (self._hidden or is_quote):
            self._hidden += 1
        elif tag in BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Come out of what is hidden."""
        if tag not in EMPTY and self._hidden:
            self._hidden -= 1
        elif tag == "p":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep what is said."""
        if not self._hidden and not self._is_over:
            self.parts.append(re.sub(r"\s+", " ", data))


def text_of_mail(html: str) -> str:
    """Return the text of a mail that has no plain part, without what its client marked as quoted."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "\n".join(line.strip() for line in "".join(parser.parts).split("\n"))
