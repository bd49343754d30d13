"""What the doors of this app share: finding a series or an occurrence, and answering with one."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from commons.errors import NotFound
from commons.permissions import require
from events.api import outputs
from events.models import Occurrence, Room, Series
from events.queries import joinable, occurrences_visible_to, room_of, series_visible_to


def visible_series(request: Request, pk: str) -> Series:
    """Return the series if the person may see it; hidden and missing are the same."""
    rows = series_visible_to(request.user).select_related("network", "institution").prefetch_related("facilitators")
    series = rows.filter(pk=pk).first()
    if series is None:
        raise NotFound
    return series


def visible_occurrence(request: Request, pk: int) -> Occurrence:
    """Return the occurrence if the person may see it; hidden and missing are the same."""
    occurrence = occurrences_visible_to(request.user).filter(pk=pk).first()
    if occurrence is None:
        raise NotFound
    return occurrence


def entered_room(request: Request, pk: int) -> Room:
    """Return the room of an occurrence if the person may be in it; hidden and missing are the same."""
    occurrence = visible_occurrence(request, pk)
    require(request.user, "events.view_room", occurrence)
    return room_of(occurrence)


def occurrence_rows(request: Request, occurrences: list[Occurrence]) -> list[dict[str, Any]]:
    """Return the rows of meetings, each with its join link if the person gets it."""
    linked = joinable(request.user, occurrences)
    return [outputs.occurrence_row(occurrence, has_link=occurrence.pk in linked) for occurrence in occurrences]


def answered(request: Request, pk: int, status: int = 200) -> Response:
    """Answer with the occurrence as it is now."""
    return Response(occurrence_rows(request, [visible_occurrence(request, pk)])[0], status=status)
