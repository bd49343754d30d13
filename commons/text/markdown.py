"""Owns rendering: people's Markdown in, safe HTML out, in bounded time."""

import re
import threading
from typing import Final

from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown import Markdown
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from commons.text.cost import is_affordable
from commons.text.dialect import Dialect
from commons.text.finishing import Finishing
from commons.text.mentions import MentionLinks, Mentions
from commons.text.sanitiser import sanitise

RENDERER_VERSION: Final = 1
"""Stored beside stored HTML: a row with another number is rendered again. Raise it when output changes."""

MAX_LENGTH: Final = 200_000
OWN_MEDIA: Final = ("/medias/",)
_kept = threading.local()
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def render(
    source: str,
    *,
    prefix: str,
    heading_level: int = 3,
    max_length: int = MAX_LENGTH,
    images_under: tuple[str, ...] = OWN_MEDIA,
    mentions: Mentions | None = None,
) -> str:
    """Return `source` as safe HTML; never raises, whatever the source.

    `prefix` starts every id, so give each text of a page its own. The first heading is an `<h{heading_level}>` and
    no level is skipped. Images whose path starts with one of `images_under` are shown, any other becomes a link:
    the page asks nothing of another site before a click. Labels (notes, tasks) are in the active language.
    The handles of the people in `mentions` become links to them.
    A text above `max_length` characters, or dearer to parse than `commons.text.cost` allows, is
    shown as plain paragraphs, exactly as typed.
    """
    source = _UNPRINTABLE.sub("", source.replace("\r\n", "\n").replace("\r", "\n"))
    if len(source) > max_length or not is_affordable(source):
        return _as_typed(source)
    if mentions is not None and mentions.people:
        parser = _parser()
        MentionLinks(mentions).extendMarkdown(parser)
    else:
        parser = _kept_parser()
    finishing = Finishing(parser, prefix=prefix, heading_level=heading_level, images_under=images_under)
    parser.treeprocessors.register(finishing, "finishing", -10)
    try:
        return sanitise(parser.convert(source)).strip()
    except RecursionError:
        # Quotes in quotes in quotes, deeper than anyone reads.
        _kept.__dict__.clear()
        return _as_typed(source)


def _kept_parser() -> Markdown:
    """Return this thread's parser for the active language, as new: making one takes longer than most texts."""
    language = get_language() or ""
    parser: Markdown | None = _kept.__dict__.get(language)
    if parser is None:
        parser = _kept.__dict__[language] = _parser()
    return parser.reset()


def _parser() -> Markdown:
    """Return a new parser; it keeps state, so one thread uses it."""
    return Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            FootnoteExtension(BACKLINK_TITLE=_("Revenir à l’appel de la note {}")),
            DefListExtension(),
            SaneListExtension(),
            "pymdownx.superfences",
            "pymdownx.highlight",
            Dialect(),
        ],
        extension_configs={"pymdownx.highlight": {"use_pygments": False}},
        output_format="html",
    )


def _as_typed(source: str) -> str:
    """Return the text as escaped paragraphs and lines, in linear time."""
    paragraphs = re.split(r"\n[ \t]*\n\s*", source.strip())
    return sanitise("\n".join(f"<p>{escape(text).replace(chr(10), '<br>')}</p>" for text in paragraphs))
