"""The doors of one's own copies: ask, list, fetch."""

from django.db.models import QuerySet
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import MEMBERS_ONLY, page_of
from commons.errors import NotFound
from commons.people.actions import ask_export
from commons.people.api import outputs
from commons.people.api.authentication import person_of
from commons.people.models import PersonalExport
from commons.people.queries import exports_of


class ExportSerializer(serializers.ModelSerializer[PersonalExport]):
    """A copy of all that is one's own; `url` is empty until the worker has made it."""

    url = serializers.CharField(read_only=True, help_text="where to take it; empty until it is ready")

    class Meta:
        model = PersonalExport
        fields = ("id", "created_at", "ready_at", "expires_at", "size", "url")


class ExportsView(APIView):
    """One's own copies."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(responses=page_of(ExportSerializer), operation_id="exports_list")
    def get(self, request: Request) -> Response:
        """List the copies asked for, newest first; each is kept seven days."""
        rows = [outputs.export_row(export) for export in exports_of(person_of(request))]
        return Response({"results": rows, "next": None, "previous": None})

    @extend_schema(request=None, responses={202: ExportSerializer}, operation_id="exports_create")
    def post(self, request: Request) -> Response:
        """Ask for a copy; a mail says when it is ready. Within the hour it is the same one."""
        return Response(outputs.export_row(ask_export(by=person_of(request))), status=status.HTTP_202_ACCEPTED)


class ExportFileView(APIView):
    """The archive itself."""

    permission_classes = MEMBERS_ONLY

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY}, operation_id="exports_file")
    def get(self, request: Request, pk: int) -> FileResponse:
        """Fetch one's own copy."""
        return archive_response(exports_of(person_of(request)), pk)


def archive_response(exports: QuerySet[PersonalExport], pk: int) -> FileResponse:
    """Return the archive of one of these copies that is ready; no cache keeps it."""
    export = exports.filter(pk=pk, ready_at__isnull=False).first()
    if export is None:
        raise NotFound
    name = f"commons-{export.created_at:%Y-%m-%d}.zip"
    headers = {"Cache-Control": "no-store"}
    return FileResponse(export.file.open("rb"), as_attachment=True, filename=name, headers=headers)
