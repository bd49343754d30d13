"""The doors of series: list, open, read, change, dates."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import NewestFirst, idempotent, page_of, shaped
from commons.people.api.authentication import person_of
from events.actions import add_date, change_series, create_series, preview_dates, skip_date
from events.api import outputs
from events.api.doors import occurrence_rows, visible_series
from events.api.schema import (
    DateSerializer,
    DatesSerializer,
    OccurrenceSerializer,
    SeriesChangeSerializer,
    SeriesInputSerializer,
    SeriesSerializer,
)
from events.queries import occurrences_visible_to, series_hosted_by, series_visible_to

ID = OpenApiParameter("pk", str, OpenApiParameter.PATH)
PAGES = [OpenApiParameter("limit", int), OpenApiParameter("cursor", str)]
FILTERS = [
    OpenApiParameter("network", str, description="the address word of a network"),
    OpenApiParameter("mine", bool, description="only what I host"),
]


OccurrencePage = page_of(OccurrenceSerializer)


class NewestSeries(NewestFirst):
    """Series by their identifier, which sorts by time of creation."""

    ordering = "-id"


class SoonestOccurrences(NewestFirst):
    """Occurrences in order of time."""

    ordering = ("starts_at", "id")


def whole(request: Request, pk: str) -> dict[str, Any]:
    """Return a series as it is now."""
    return outputs.series_row(visible_series(request, pk), reader=request.user)


class SeriesListView(APIView):
    """The series that the person may see."""

    @extend_schema(parameters=[*FILTERS, *PAGES], responses=page_of(SeriesSerializer), operation_id="series_list")
    def get(self, request: Request) -> Response:
        """List series, newest first."""
        pages = NewestSeries()
        is_mine = request.query_params.get("mine") in ("true", "1")
        rows = series_hosted_by(request.user) if is_mine else series_visible_to(request.user)
        if network := request.query_params.get("network"):
            rows = rows.filter(network__slug=network)
        rows = rows.select_related("network", "institution").prefetch_related("facilitators")
        page = pages.paginate_queryset(rows, request, view=self) or []
        return pages.get_paginated_response([outputs.series_row(row, reader=request.user) for row in page])

    @extend_schema(request=SeriesInputSerializer, responses={201: SeriesSerializer}, operation_id="series_create")
    @idempotent
    def post(self, request: Request) -> Response:
        """Open a series: `title` and `start` are needed. Its meetings of the months to come are there at once."""
        values = shaped(request, SeriesInputSerializer(data=request.data))
        series = create_series(by=person_of(request), values=values)
        return Response(whole(request, series.pk), status=status.HTTP_201_CREATED)


class SeriesDatesView(APIView):
    """What a rule says, before anything is saved."""

    @extend_schema(request=SeriesInputSerializer, responses=DatesSerializer, operation_id="series_dates")
    def post(self, request: Request) -> Response:
        """Say a rule in words, with its next ten dates. Nothing is kept."""
        shape = SeriesInputSerializer(data=request.data)
        shape.fields["title"].required = False
        shown = preview_dates(by=person_of(request), values=shaped(request, shape))
        dates = {name: [{"start": date.isoformat()} for date in getattr(shown, name)] for name in ("dates", "skipped")}
        return Response({"sentence": shown.sentence, "rrule": shown.rrule, **dates})


class SeriesView(APIView):
    """One series."""

    @extend_schema(parameters=[ID], responses=SeriesSerializer, operation_id="series_read")
    def get(self, request: Request, pk: str) -> Response:
        """Read a series."""
        return Response(whole(request, pk))

    @extend_schema(
        parameters=[ID], request=SeriesInputSerializer, responses=SeriesChangeSerializer, operation_id="series_change"
    )
    def patch(self, request: Request, pk: str) -> Response:
        """Change the whole series; `overrides` lists the meetings that had been changed alone and stay so."""
        series = visible_series(request, pk)
        values = shaped(request, SeriesInputSerializer(data=request.data, partial=True))
        staying = change_series(by=person_of(request), series=series, values=values)
        return Response(whole(request, pk) | {"overrides": occurrence_rows(request, staying)})


class SeriesOccurrencesView(APIView):
    """The meetings of a series."""

    @extend_schema(parameters=[ID, *PAGES], responses=OccurrencePage, operation_id="series_occurrences")
    def get(self, request: Request, pk: str) -> Response:
        """List a series' meetings in order of time, the past ones too."""
        series = visible_series(request, pk)
        pages = SoonestOccurrences()
        rows = occurrences_visible_to(request.user).filter(series=series)
        page = pages.paginate_queryset(rows, request, view=self) or []
        return pages.get_paginated_response(occurrence_rows(request, page))


class SkippedDatesView(APIView):
    """The dates that a series leaves out."""

    @extend_schema(parameters=[ID], request=DateSerializer, responses=SeriesSerializer, operation_id="series_skip_date")
    def post(self, request: Request, pk: str) -> Response:
        """Leave out a date: it disappears from calendars. One that somebody counts on is cancelled instead."""
        start = shaped(request, DateSerializer(data=request.data))["start"]
        skip_date(by=person_of(request), series=visible_series(request, pk), start=start)
        return Response(whole(request, pk))


class ExtraDatesView(APIView):
    """The dates that a series adds to its rule."""

    @extend_schema(parameters=[ID], request=DateSerializer, responses=SeriesSerializer, operation_id="series_add_date")
    def post(self, request: Request, pk: str) -> Response:
        """Add a date, or take a skipped one back."""
        start = shaped(request, DateSerializer(data=request.data))["start"]
        add_date(by=person_of(request), series=visible_series(request, pk), start=start)
        return Response(whole(request, pk))
