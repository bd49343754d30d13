"""Owns where a sheet was born, for who may see that place: a discussion, a workshop."""

from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery

from events.queries import occurrences_visible_to
from forum.queries import threads_visible_to
from practices.models import SheetQuerySet


def with_births(sheets: SheetQuerySet, reader: Any) -> SheetQuerySet:
    """Note with each sheet the discussion and the meeting it was born from that the reader may see; no more queries."""
    threads = threads_visible_to(reader).filter(births__sheet=OuterRef("pk"))
    meetings = occurrences_visible_to(reader).filter(minutes__blocks__origins__sheet=OuterRef("pk"))
    return sheets.annotate(
        born_thread=Subquery(threads.order_by("pk").values("pk")[:1]),
        born_meeting=Subquery(meetings.order_by("pk").values("pk")[:1]),
    )


def birth_of(sheet: Any, reader: Any) -> dict[str, str] | None:
    """Return the kind, title and address of the place that `with_births` noted; a sheet is born once."""
    if sheet.born_thread:
        thread = threads_visible_to(reader).get(pk=sheet.born_thread)
        return {"kind": "thread", "title": thread.title, "url": thread.get_absolute_url()}
    if sheet.born_meeting:
        meeting = occurrences_visible_to(reader).get(pk=sheet.born_meeting)
        return {"kind": "meeting", "title": meeting.shown_title, "url": meeting.get_absolute_url()}
    return None


def less_birth(origin: dict[str, str], birth: dict[str, str] | None) -> dict[str, str]:
    """Leave out of what a sheet is inspired by the address of its birth: it is said already."""
    if birth is None or origin.get("url") != f"{settings.SITE_URL}{birth['url']}":
        return origin
    return origin | {"url": ""} if origin["changed"] else {}
