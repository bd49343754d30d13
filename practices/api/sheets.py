"""The doors of sheets: list, read, create, save."""

import datetime
import re
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import NewestFirst, body_of, idempotent, instant_of, page_of
from commons.errors import Conflict, Invalid
from commons.people.api.authentication import person_of
from practices.actions import create_sheet, save_sheet
from practices.api import outputs
from practices.api.doors import IF_MATCH, Collision, etag_of, is_known, revision_in, visible_sheet
from practices.api.schema import ContentSerializer, SheetCreationSerializer, SheetRowSerializer, SheetSerializer
from practices.fields.table import facet_fields
from practices.models import Sheet
from practices.queries import sheets_filtered, sheets_visible_to, sheets_written_by

IDENTIFIER = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
TEXT_FILTERS = ("network", "institution", "tag", "editorial_state", "q")
FILTERS = [
    *(OpenApiParameter(f.code, str, many=True, description=str(f.label)) for f in facet_fields()),
    *(OpenApiParameter(name, str) for name in TEXT_FILTERS),
    OpenApiParameter("mine", bool, description="only the sheets I write, drafts too"),
    OpenApiParameter("updated_since", OpenApiTypes.DATETIME),
    OpenApiParameter("limit", int),
    OpenApiParameter("cursor", str),
]
ID = OpenApiParameter("pk", str, OpenApiParameter.PATH)


class NewestSheets(NewestFirst):
    """Sheets by their identifier, which sorts by time of creation."""

    ordering = "-id"

    def is_position(self, position: str) -> bool:
        """Tell whether a text may be a sheet's identifier."""
        return IDENTIFIER.fullmatch(position) is not None


class SheetsView(APIView):
    """Sheets that the person may read, newest first."""

    @extend_schema(parameters=FILTERS, responses=page_of(SheetRowSerializer), operation_id="sheets_list")
    def get(self, request: Request) -> Response:
        """List sheets; every facet of the catalogue filters, and may be repeated."""
        pages = NewestSheets()
        rows = pages.paginate_queryset(_filtered(request), request, view=self) or []
        return pages.get_paginated_response([outputs.sheet_row(sheet) for sheet in rows])

    @extend_schema(request=SheetCreationSerializer, responses={201: SheetSerializer}, operation_id="sheets_create")
    @idempotent
    def post(self, request: Request) -> Response:
        """Open a draft: `kind` and `title`, and any other field of the table."""
        sheet = create_sheet(by=person_of(request), values=body_of(request))
        whole = outputs.sheet_whole(visible_sheet(request, sheet.pk), reader=request.user)
        return Response(whole, status=status.HTTP_201_CREATED, headers={"ETag": etag_of(sheet, request.user)})


class SheetView(APIView):
    """One sheet."""

    @extend_schema(parameters=[ID], responses=SheetSerializer, operation_id="sheets_read")
    def get(self, request: Request, pk: str) -> Response:
        """Read a sheet whole. Its editors get the working text, everybody else the published version."""
        sheet = visible_sheet(request, pk)
        tag = etag_of(sheet, request.user)
        if is_known(request, tag):
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": tag})
        return Response(outputs.sheet_whole(sheet, reader=request.user), headers={"ETag": tag})

    @extend_schema(
        parameters=[ID, IF_MATCH], request=ContentSerializer, responses=SheetSerializer, operation_id="sheets_save"
    )
    def patch(self, request: Request, pk: str) -> Response:
        """Save some fields of the working text. A field that moved since `If-Match` is a 412 with the present text."""
        sheet = visible_sheet(request, pk)
        try:
            revision = revision_in(request, sheet.revision)
            save_sheet(by=person_of(request), sheet=sheet, values=body_of(request), revision=revision)
        except Conflict as error:
            raise Collision(error) from error
        saved = visible_sheet(request, pk)
        return Response(outputs.sheet_whole(saved, reader=request.user), headers={"ETag": etag_of(saved, request.user)})


def _filtered(request: Request) -> QuerySet[Sheet]:
    asked = request.query_params
    sheets = sheets_visible_to(request.user)
    if asked.get("mine") in ("true", "1"):
        sheets = sheets_written_by(request.user)
    elif not asked.get("editorial_state"):
        sheets = sheets.published()
    sheets = sheets_filtered(sheets, {field.code: asked.getlist(field.code) for field in facet_fields()})
    narrowed: QuerySet[Sheet] = _narrowed(sheets, asked).listed().select_related("network")
    return narrowed


def _narrowed(sheets: Any, asked: Any) -> Any:
    paths = {"network": "network__slug", "institution": "institution__slug", "editorial_state": "editorial_state"}
    for name, path in paths.items():
        if value := asked.get(name):
            sheets = sheets.filter(**{path: value})
    if tag := asked.get("tag"):
        sheets = sheets.filter(tagged_terms__tag__slug=tag)
    if q := asked.get("q"):
        sheets = sheets.filter(title__icontains=q)
    if since := asked.get("updated_since"):
        sheets = sheets.filter(updated_at__gte=_instant(since))
    return sheets


def _instant(text: str) -> datetime.datetime:
    if (instant := instant_of(text)) is None:
        raise Invalid({"updated_since": [_("Une date et une heure sont attendues, comme 2026-01-31T12:00:00Z.")]})
    return instant
