"""The doors of calendar files: of a series, of a network, of a person."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from commons.errors import NotFound
from commons.people.calendars import owner_of_calendar
from commons.people.queries import networks_visible_to
from events.api.doors import visible_occurrence, visible_series
from events.exchange.calendars import MADE_BY, network_calendar, occurrence_calendar, personal_calendar, series_calendar
from events.models import Occurrence, Series
from events.queries import calendar_of, occurrences_visible_to, series_visible_to

CALENDAR = {(200, "text/calendar"): OpenApiTypes.STR, 304: None}
ANSWERS = {"host": "CONFIRMED", "going": "CONFIRMED", "maybe": "TENTATIVE", "waiting": "TENTATIVE", "none": "TENTATIVE"}


class AnyType(BaseContentNegotiation):
    """Calendar programs ask for text/calendar, or for nothing: they get what there is."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:  # noqa: ARG002 - the framework's signature
        """Take the renderer of refusals; calendars need none."""
        return renderers[0], renderers[0].media_type

    def select_parser(self, request: Request, parsers: Any) -> Any:  # noqa: ARG002 - the framework's signature
        """Take the first parser: nothing is sent here."""
        return parsers[0]


def _tag(parts: Iterable[object]) -> str:
    digest = hashlib.sha256("|".join(str(part) for part in (MADE_BY, *parts)).encode()).hexdigest()
    return f'"{digest[:32]}"'


def _stamps(series: Series, occurrences: list[Occurrence]) -> list[object]:
    rows = [(row.pk, row.updated_at.timestamp()) for row in occurrences]
    return [series.pk, series.sequence, series.updated_at.timestamp(), *rows]


def _sent(
    request: Request, tag: str, name: str, make: Callable[[], bytes], *, is_private: bool = False
) -> HttpResponse:
    """Answer with the file under its strong tag; with nothing but the tag to who has it already."""
    known = [text.strip().removeprefix("W/") for text in request.headers.get("If-None-Match", "").split(",")]
    response = (
        HttpResponse(status=304)
        if tag in known or known == ["*"]
        else HttpResponse(make(), content_type="text/calendar; charset=utf-8")
    )
    if response.status_code != 304:  # noqa: PLR2004 - what browsers name the file
        response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache" if is_private else "no-cache"
    response["Vary"] = "Authorization, Cookie"
    return response


class SeriesCalendarView(APIView):
    """A series as a calendar."""

    content_negotiation_class = AnyType

    @extend_schema(
        parameters=[OpenApiParameter("pk", str, OpenApiParameter.PATH)],
        responses=CALENDAR,
        operation_id="series_calendar",
    )
    def get(self, request: Request, pk: str) -> HttpResponse:
        """Read a series as a calendar file, with each change of one meeting; subscribe to its address."""
        series = visible_series(request, pk)
        rows = list(occurrences_visible_to(request.user).filter(series=series).order_by("recurrence_id"))
        return _sent(request, _tag(_stamps(series, rows)), series.slug, lambda: series_calendar(series, rows))


class OccurrenceCalendarView(APIView):
    """One meeting as a calendar file."""

    content_negotiation_class = AnyType

    @extend_schema(responses=CALENDAR, operation_id="occurrence_calendar")
    def get(self, request: Request, pk: int) -> HttpResponse:
        """Download one meeting, to add it to a calendar once. Never with the join link; the personal feed has it."""
        row = visible_occurrence(request, pk)
        tag = _tag(_stamps(row.series, [row]))
        return _sent(request, tag, f"{row.series.slug}-{row.start[:10]}", lambda: occurrence_calendar(row))


class NetworkCalendarView(APIView):
    """The series of a network as a calendar."""

    content_negotiation_class = AnyType

    @extend_schema(responses=CALENDAR, operation_id="networks_calendar")
    def get(self, request: Request, slug: str) -> HttpResponse:
        """Read the series of a network that the person may see as one calendar file."""
        network = networks_visible_to(request.user).filter(slug=slug).first()
        if network is None:
            raise NotFound
        rows = {
            series: list[Occurrence]()
            for series in series_visible_to(request.user).filter(network=network).order_by("pk")
        }
        of_pk = {series.pk: meetings for series, meetings in rows.items()}
        for row in occurrences_visible_to(request.user).filter(series__in=list(rows)).order_by("recurrence_id"):
            of_pk[row.series_id].append(row)
        stamps = [stamp for series, meetings in rows.items() for stamp in _stamps(series, meetings)]
        return _sent(
            request, _tag([network.name, *stamps]), network.slug, lambda: network_calendar(network.name, rows.items())
        )


class PersonalCalendarView(APIView):
    """A person's own calendar: its address is the key."""

    content_negotiation_class = AnyType
    authentication_classes = ()
    permission_classes = ()

    @extend_schema(responses=CALENDAR, operation_id="personal_calendar")
    def get(self, request: Request, key: str) -> HttpResponse:
        """Read the meetings that a person hosts or answered to, with the links to join. The address is secret."""
        person = owner_of_calendar(key)
        if person is None:
            raise NotFound
        rows = calendar_of(person, timezone.now())
        stamps = [(*_stamps(row.series, [row]), answer, has_link) for row, answer, has_link in rows]

        def make() -> bytes:
            written = (
                (row, ANSWERS[answer] if row.takes_place else "CANCELLED", has_link) for row, answer, has_link in rows
            )
            return personal_calendar("Commons", written)

        return _sent(request, _tag([person.pk, *stamps]), "commons", make, is_private=True)
