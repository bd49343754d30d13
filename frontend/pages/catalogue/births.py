"""Owns where a sheet was born, for who may see that place: a discussion, a workshop."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from events.models import Origin
from events.queries import occurrences_visible_to
from forum.models import Birth
from forum.queries import threads_visible_to
from practices.models import SheetQuerySet


def with_births(sheets: SheetQuerySet) -> SheetQuerySet:
    """Note with each sheet whether it was born from a discussion or a meeting, whoever may see that one.

    Most sheets were not: who may see a place is asked once there is one.
    """
    return sheets.annotate(
        has_thread=Exists(Birth.objects.filter(sheet=OuterRef("pk"))),
        has_meeting=Exists(Origin.objects.filter(sheet=OuterRef("pk"))),
    )


def birth_of(sheet: Any, reader: Any) -> dict[str, str] | None:
    """Return the kind, title and address of the place that the reader may see; a sheet is born once."""
    if sheet.has_thread:
        thread = threads_visible_to(reader).filter(births__sheet=sheet).order_by("pk").first()
        if thread is not None:
            return {"kind": "thread", "title": thread.title, "url": thread.get_absolute_url()}
    if sheet.has_meeting:
        meeting = occurrences_visible_to(reader).filter(minutes__blocks__origins__sheet=sheet).order_by("pk").first()
        if meeting is not None:
            return {"kind": "meeting", "title": meeting.shown_title, "url": meeting.get_absolute_url()}
    return None


def less_birth(origin: dict[str, str], birth: dict[str, str] | None) -> dict[str, str]:
    """Leave out of what a sheet is inspired by the address of its birth: it is said already."""
    if birth is None or origin.get("url") != f"{settings.SITE_URL}{birth['url']}":
        return origin
    return origin | {"url": ""} if origin["changed"] else {}
