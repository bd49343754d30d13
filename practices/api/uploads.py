"""The doors of the files that illustrate a sheet."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import idempotent, page_of
from commons.errors import Invalid, NotFound
from commons.people.api.authentication import person_of
from practices.actions.uploads import add_upload, remove_upload
from practices.api.doors import edited_sheet, visible_sheet
from practices.models import Upload


class UploadSerializer(serializers.Serializer[Any]):
    """A file as it is kept; name its `id` in the sheet's `media` to show it."""

    id = serializers.CharField()
    url = serializers.URLField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    created_at = serializers.DateTimeField()


def upload_row(upload: Upload) -> dict[str, Any]:
    """Return a file's facts and where it is served."""
    names = ("id", "name", "content_type", "size", "width", "height", "created_at")
    return {name: getattr(upload, name) for name in names} | {"url": f"{settings.SITE_URL}{upload.get_absolute_url()}"}


class UploadsView(APIView):
    """A sheet's files."""

    parser_classes = (MultiPartParser,)

    @extend_schema(responses=page_of(UploadSerializer), operation_id="uploads_list")
    def get(self, request: Request, pk: str) -> Response:
        """List the files that were sent for a sheet, newest first, to its editors."""
        rows = [upload_row(upload) for upload in edited_sheet(request, pk).uploads.order_by("-created_at", "-pk")]
        return Response({"results": rows, "next": None, "previous": None})

    @extend_schema(
        request={"multipart/form-data": inline_serializer("UploadRequest", {"file": serializers.FileField()})},
        responses={201: UploadSerializer},
        operation_id="uploads_create",
    )
    @idempotent
    def post(self, request: Request, pk: str) -> Response:
        """Send a JPEG, PNG or WebP picture, a PDF, or an MP3, Ogg or M4A sound."""
        by, sheet = person_of(request), visible_sheet(request, pk)
        file = request.FILES.get("file")
        if file is None:
            raise Invalid({"file": [_("À remplir.")]})
        return Response(upload_row(add_upload(by=by, sheet=sheet, file=file)), status=status.HTTP_201_CREATED)


class UploadView(APIView):
    """One file."""

    @extend_schema(responses={204: None}, operation_id="uploads_remove")
    def delete(self, request: Request, pk: str, upload_pk: str) -> Response:
        """Forget a file, unless a version shows it."""
        by = person_of(request)
        upload = edited_sheet(request, pk).uploads.select_related("sheet").filter(pk=upload_pk).first()
        if upload is None:
            raise NotFound
        remove_upload(by=by, upload=upload)
        return Response(status=status.HTTP_204_NO_CONTENT)
