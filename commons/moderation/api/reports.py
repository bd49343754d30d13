"""The doors of reports: make one, follow one's own, handle those of one's networks."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import MEMBERS_ONLY, NewestFirst, idempotent, page_of, shaped
from commons.errors import NotFound
from commons.moderation.actions import add_note, add_report, close_report, take_report
from commons.moderation.api import outputs
from commons.moderation.enums import ReportReason, ReportState
from commons.moderation.models import WORDS_LIMIT, Report
from commons.moderation.queries import notes_on, reports_handled_by, reports_of
from commons.people.api.authentication import person_of
from commons.permissions import require


class ReportRequest(serializers.Serializer[Any]):
    """What to look at, and why."""

    kind = serializers.CharField(max_length=60)
    object_id = serializers.CharField(max_length=60)
    reason = serializers.ChoiceField(choices=ReportReason.choices)
    text = serializers.CharField(max_length=WORDS_LIMIT, required=False, default="", allow_blank=True)


class ReportChange(serializers.Serializer[Any]):
    """`taken` by oneself, or `resolved` or `rejected` with what was decided."""

    state = serializers.ChoiceField(choices=[s for s in ReportState.choices if s[0] != ReportState.OPEN])
    outcome = serializers.CharField(max_length=WORDS_LIMIT, required=False, default="", allow_blank=True)


@extend_schema_field({"type": "object", "nullable": True})
class PersonField(serializers.JSONField):
    """A person, or nobody."""


class ReportSerializer(serializers.Serializer[Any]):
    """A report as whoever made it reads it."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    object_id = serializers.CharField()
    reason = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    state = serializers.CharField()
    outcome = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    closed_at: Any = serializers.DateTimeField(allow_null=True)


class HandledReport(ReportSerializer):
    """A report as those who handle it read it."""

    label: Any = serializers.CharField()
    url = serializers.URLField()
    excerpt = serializers.CharField(allow_blank=True)
    network: Any = serializers.CharField(allow_null=True)
    about = PersonField()
    by = PersonField()
    taken_by = PersonField()


class NoteSerializer(serializers.Serializer[Any]):
    """A note between those who handle a report."""

    id = serializers.IntegerField(read_only=True)
    by = PersonField(read_only=True)
    text = serializers.CharField(max_length=WORDS_LIMIT)
    created_at = serializers.DateTimeField(read_only=True)


class ReportsView(APIView):
    """Reports."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(
        operation_id="reports_list",
        responses=page_of(HandledReport),
        parameters=[
            OpenApiParameter("state", enum=ReportState.values),
            OpenApiParameter("is_mine", bool),
            OpenApiParameter("cursor", str),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        """List the reports that one may handle, newest first; `is_mine`: those one made, as their author reads them."""
        by, asked = person_of(request), request.query_params
        is_mine = asked.get("is_mine") in ("1", "true")
        if not is_mine:
            require(by, "moderation.view_reports")
        reports = reports_of(by) if is_mine else reports_handled_by(by)
        if asked.get("state"):
            reports = reports.filter(state=asked["state"])
        shape = outputs.report_row if is_mine else outputs.report_whole
        pages = NewestFirst()
        rows = pages.paginate_queryset(reports, request, view=self) or []
        return pages.get_paginated_response([shape(report) for report in rows])

    @extend_schema(operation_id="reports_create", request=ReportRequest, responses={201: ReportSerializer})
    @idempotent
    def post(self, request: Request) -> Response:
        """Report a thing of one of the kinds (post, sheet, series, person); what one may not read is not found."""
        report = add_report(by=person_of(request), **shaped(request, ReportRequest(data=request.data)))
        return Response(outputs.report_row(report), status=status.HTTP_201_CREATED)


class ReportView(APIView):
    """One report."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(operation_id="reports_retrieve", responses=HandledReport)
    def get(self, request: Request, pk: int) -> Response:
        """Return a report that one may handle."""
        return Response(outputs.report_whole(_handled(request, pk)))

    @extend_schema(operation_id="reports_change", request=ReportChange, responses=HandledReport)
    def patch(self, request: Request, pk: int) -> Response:
        """Take a report, or close it with what was decided."""
        report, values = _handled(request, pk), shaped(request, ReportChange(data=request.data))
        if values["state"] == ReportState.TAKEN:
            take_report(by=person_of(request), report=report)
        else:
            close_report(by=person_of(request), report=report, **values)
        return Response(outputs.report_whole(_handled(request, pk)))


class NotesView(APIView):
    """The notes on a report."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(operation_id="report_notes_list", responses=page_of(NoteSerializer))
    def get(self, request: Request, pk: int) -> Response:
        """List what those who handle it said to each other, oldest first."""
        rows = [outputs.note_row(note) for note in notes_on(_handled(request, pk))]
        return Response({"results": rows, "next": None, "previous": None})

    @extend_schema(operation_id="report_notes_create", request=NoteSerializer, responses={201: NoteSerializer})
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Add a note."""
        text = shaped(request, NoteSerializer(data=request.data))["text"]
        note = add_note(by=person_of(request), report=_handled(request, pk), text=text)
        return Response(outputs.note_row(note), status=status.HTTP_201_CREATED)


def _handled(request: Request, pk: int) -> Report:
    report = reports_handled_by(person_of(request)).filter(pk=pk).first()
    if report is None:
        raise NotFound
    return report
