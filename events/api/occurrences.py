"""The doors of occurrences: calendar, read, change, status, confirmation, split."""

import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import shaped
from commons.people.api.authentication import person_of
from events.actions import change_following, change_occurrence, confirm_occurrence, open_thread, set_status
from events.api.doors import answered, occurrence_rows, visible_occurrence
from events.api.schema import (
    OccurrenceInputSerializer,
    OccurrenceSerializer,
    SeriesInputSerializer,
    SeriesSerializer,
    StatusSerializer,
)
from events.api.series import PAGES, OccurrencePage, SoonestOccurrences, whole
from events.models import OccurrenceQuerySet
from events.queries import occurrences_of, occurrences_visible_to

FILTERS = [
    OpenApiParameter("after", OpenApiTypes.DATETIME, description="not over at that instant"),
    OpenApiParameter("before", OpenApiTypes.DATETIME, description="begun before that instant"),
    OpenApiParameter("network", str, description="the address word of a network"),
    OpenApiParameter("series", str),
    OpenApiParameter("mine", bool, description="only what I host or answered yes or maybe to"),
]


class OccurrencesView(APIView):
    """The meetings that the person may see."""

    @extend_schema(parameters=[*FILTERS, *PAGES], responses=OccurrencePage, operation_id="occurrences_list")
    def get(self, request: Request) -> Response:
        """List meetings in order of time."""
        pages = SoonestOccurrences()
        page = pages.paginate_queryset(_filtered(request), request, view=self) or []
        return pages.get_paginated_response(occurrence_rows(request, page))


def _filtered(request: Request) -> OccurrenceQuerySet:
    asked = request.query_params
    rows = occurrences_visible_to(request.user)
    if after := _instant(asked.get("after")):
        rows = rows.filter(ends_at__gt=after)
    if before := _instant(asked.get("before")):
        rows = rows.filter(starts_at__lt=before)
    if network := asked.get("network"):
        rows = rows.filter(series__network__slug=network)
    if series := asked.get("series"):
        rows = rows.filter(series=series)
    if asked.get("mine") in ("true", "1"):
        rows = occurrences_of(request.user, rows)
    return rows


def _instant(text: str | None) -> datetime.datetime | None:
    try:
        moment = parse_datetime(text or "")
    except ValueError:
        return None
    return moment.replace(tzinfo=datetime.UTC) if moment and moment.tzinfo is None else moment


class OccurrenceView(APIView):
    """One meeting."""

    @extend_schema(responses=OccurrenceSerializer, operation_id="occurrences_read")
    def get(self, request: Request, pk: int) -> Response:
        """Read a meeting."""
        return answered(request, pk)

    @extend_schema(request=OccurrenceInputSerializer, responses=OccurrenceSerializer, operation_id="occurrences_change")
    def patch(self, request: Request, pk: int) -> Response:
        """Change this meeting only; another `start` reschedules it."""
        values: dict[str, Any] = shaped(request, OccurrenceInputSerializer(data=request.data, partial=True))
        change_occurrence(by=person_of(request), occurrence=visible_occurrence(request, pk), values=values)
        return answered(request, pk)


class StatusView(APIView):
    """What becomes of a meeting."""

    @extend_schema(request=StatusSerializer, responses=OccurrenceSerializer, operation_id="occurrences_status")
    def put(self, request: Request, pk: int) -> Response:
        """Cancel, postpone, move online or restore a meeting. It stays in calendars, which say so."""
        values = shaped(request, StatusSerializer(data=request.data))
        set_status(by=person_of(request), occurrence=visible_occurrence(request, pk), **values)
        return answered(request, pk)


class ConfirmationView(APIView):
    """A facilitator's word that a meeting takes place."""

    @extend_schema(request=None, responses=OccurrenceSerializer, operation_id="occurrences_confirm")
    def post(self, request: Request, pk: int) -> Response:
        """Confirm a tentative meeting."""
        confirm_occurrence(by=person_of(request), occurrence=visible_occurrence(request, pk))
        return answered(request, pk)


class ThreadView(APIView):
    """The discussion of a meeting."""

    @extend_schema(request=None, responses=OccurrenceSerializer, operation_id="occurrences_thread")
    def put(self, request: Request, pk: int) -> Response:
        """Open the meeting's thread if it has none yet; read and posted in as any other, under `threads/`."""
        open_thread(by=person_of(request), occurrence=visible_occurrence(request, pk))
        return answered(request, pk)


class FollowingView(APIView):
    """A meeting and the following ones, as a series of their own."""

    @extend_schema(
        request=SeriesInputSerializer, responses={201: SeriesSerializer}, operation_id="occurrences_change_following"
    )
    def post(self, request: Request, pk: int) -> Response:
        """Split the series here, and change what follows; answers with the new series."""
        values = shaped(request, SeriesInputSerializer(data=request.data, partial=True))
        series = change_following(by=person_of(request), occurrence=visible_occurrence(request, pk), values=values)
        return Response(whole(request, series.pk), status=status.HTTP_201_CREATED)
