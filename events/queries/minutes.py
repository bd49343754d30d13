"""Reads topics and minutes, and says minutes in Markdown: what is exported, and what approval freezes."""

import datetime
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext as _

from events.enums import BlockKind
from events.models import Block, Minutes, Occurrence, Origin, Revision, Topic
from events.recurrence import instant
from events.recurrence.words import date_words
from practices.queries import sheets_visible_to


def topics_of(occurrence: Occurrence) -> QuerySet[Topic]:
    """Return the topics of a meeting, the most wanted first, with their number of `voices`."""
    return occurrence.topics.annotate(voices=Count("votes")).select_related("by").order_by("-voices", "pk")


def blocks_of(minutes: Minutes, reader: Any) -> QuerySet[Block]:
    """Return the blocks of minutes in order, with what is set aside, and the sheets that the reader may read."""
    asides = Prefetch("revisions", Revision.objects.filter(is_aside=True).order_by("pk"), to_attr="asides")
    born = Origin.objects.filter(sheet__in=sheets_visible_to(reader)).select_related("sheet").order_by("pk")
    rows = minutes.blocks.filter(is_removed=False).select_related("by", "institution", "owner")
    return rows.prefetch_related(asides, Prefetch("origins", born, to_attr="shown_origins")).order_by("pk")


def history_of(minutes: Minutes) -> QuerySet[Block]:
    """Return every block in order, the removed ones too, each with its `texts`, the first one first."""
    texts = Prefetch("revisions", Revision.objects.select_related("by").order_by("pk"), to_attr="texts")
    return minutes.blocks.prefetch_related(texts).order_by("pk")


def markdown_of(minutes: Minutes) -> str:
    """Return the minutes as Markdown, kind by kind; names only of who agreed to be credited, none under Chatham."""
    occurrence = minutes.occurrence
    blocks = minutes.blocks.filter(is_removed=False).select_related("by", "institution", "owner")
    rows = list(blocks.order_by("pk"))
    parts = [f"# {occurrence.shown_title}", date_words(occurrence.local_start.date())]
    for kind in BlockKind:
        if said := [row for row in rows if row.kind == kind]:
            parts += [f"## {kind.label}", *(_said(row, is_named=not occurrence.series.is_chatham) for row in said)]
    return "\n\n".join(parts) + "\n"


def _said(block: Block, *, is_named: bool) -> str:
    facts = []
    if is_named and block.by is not None and block.by.is_credited:
        facts.append(block.by.public_name)
    if is_named and block.institution is not None:
        facts.append(block.institution.name)
    if is_named and block.owner is not None:
        facts.append(_("par %(name)s") % {"name": block.owner.public_name})
    if block.carried_from_id is not None:
        facts.append(_("reportée d’une séance précédente"))
    if block.due_date:
        facts.append(_("pour le %(date)s") % {"date": date_words(block.due_date)})
    if block.votes_for is not None:
        counts = {"yes": block.votes_for, "no": block.votes_against or 0, "none": block.votes_abstain or 0}
        facts.append(_("%(yes)s pour, %(no)s contre, %(none)s abstentions") % counts)
    if block.method:
        facts.append(block.method)
    if block.review_date:
        facts.append(_("à revoir le %(date)s") % {"date": date_words(block.review_date)})
    if block.kind == BlockKind.ACTION:
        facts.append(_("fait") if block.is_done else _("à faire"))
    return block.text + (f"\n\n— {', '.join(facts)}" if facts else "")


def decisions_reviewed() -> QuerySet[Block]:
    """Return the decisions that are to be looked at again some day, with their meeting."""
    decided = Block.objects.filter(kind=BlockKind.DECISION, is_removed=False, review_date__isnull=False)
    return decided.select_related("minutes__occurrence__series")


def review_instant(block: Block) -> datetime.datetime:
    """Return when a decision is to be looked at again: at eight in the morning of its day, at its meeting's clock."""
    assert block.review_date is not None  # noqa: S101 - asked of decisions with a date only
    morning = datetime.datetime.combine(block.review_date, datetime.time(8))
    return instant(morning, block.minutes.occurrence.series.timezone)
